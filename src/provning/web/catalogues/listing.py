"""The list of a catalogue's versions."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.catalogues.rows import CatalogueRow
from provning.web import markup
from provning.web.tables import Column, Table


def catalogue_table(rows: Sequence[CatalogueRow]) -> Table[CatalogueRow]:
    """Return the versions, each with its state, size, digest and document."""
    count = ngettext("%(n)s version", "%(n)s versioner", len(rows)) % {"n": len(rows)}
    return Table(
        rows=rows,
        columns=(
            Column("document", _("Dokument"), _link, heads_row=True),
            Column("part", _("Del"), lambda row: _(row.part_label).capitalize()),
            Column("standing", _("Läge"), _standing),
            Column("decisions", _("Beslut"), lambda row: row.decisions, align="n"),
            Column("pages", _("Sidor"), lambda row: row.pages, align="n"),
            Column("made", _("Skriven"), _made),
            Column("digest", _("SHA-256"), _digest, drop=True),
        ),
        caption=count,
        caption_hidden=True,
    )


def _link(row: CatalogueRow) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("catalogues:document", args=[row.id]),
        row.document_id,
        _("(PDF)"),
    )


def _standing(row: CatalogueRow) -> SafeString:
    if not row.latest:
        return markup.status("none", _("Ersatt av en nyare"))
    if row.preliminary:
        return markup.status("prelim", _("Preliminär, undertecknas inte"))
    return markup.status("locked", _("Gäller"))


def _made(row: CatalogueRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.made_at), row.made_by_name)


def _digest(row: CatalogueRow) -> SafeString:
    """Show the digest's beginning; the whole of it on demand, for who compares a file with it."""
    return format_html(
        '<details class="more"><summary><code>{} …</code></summary><code>{}</code></details>',
        row.sha256[:8],
        format_html_join(" ", "{}", ((part,) for part in _in_eights(row.sha256))),
    )


def _in_eights(digest: str) -> list[str]:
    return [digest[start : start + 8] for start in range(0, len(digest), 8)]
