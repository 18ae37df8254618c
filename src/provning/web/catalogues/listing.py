"""The lists of catalogues: a unit's versions, and what somebody has not signed yet."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.catalogues.rows import CatalogueRow, UnsignedRow
from provning.web import markup
from provning.web.catalogues.record import standing
from provning.web.catalogues.remaining import ago
from provning.web.tables import Column, Table

FEW_NAMES = 3


def catalogue_table(
    rows: Sequence[CatalogueRow], counts: Mapping[UUID, tuple[int, int]]
) -> Table[CatalogueRow]:
    """Return the versions, each with its state, signatures, size and way to its record."""
    count = ngettext("%(n)s version", "%(n)s versioner", len(rows)) % {"n": len(rows)}
    return Table(
        rows=rows,
        columns=(
            Column("document", _("Dokument"), _link, heads_row=True),
            Column("part", _("Del"), _part),
            Column("standing", _("Läge"), standing),
            Column("signatures", _("Underskrifter"), lambda row: _signed(counts.get(row.id))),
            Column("decisions", _("Beslut"), lambda row: row.decisions, align="n"),
            Column("pages", _("Sidor"), lambda row: row.pages, align="n"),
            Column("made", _("Skriven"), _made),
            Column("file", _("Fil"), _file),
        ),
        caption=count,
        caption_hidden=True,
        export="betygskataloger",
    )


def unsigned_table(rows: Sequence[UnsignedRow], today: date) -> Table[UnsignedRow]:
    """Return the catalogues where a signature is missing, and for how long."""
    count = ngettext("%(n)s katalog", "%(n)s kataloger", len(rows)) % {"n": len(rows)}
    return Table(
        rows=rows,
        columns=(
            Column("document", _("Katalog"), _unsigned_link, heads_row=True),
            Column("unit", _("Enhet"), _unit),
            Column("term", _("Period"), lambda row: row.term.label),
            Column("part", _("Del"), lambda row: _(row.part_label).capitalize()),
            Column("missing", _("Saknas"), _missing),
            Column("issued", _("Skriven"), lambda row: _since(row, today)),
        ),
        caption=count,
        export="saknade-underskrifter",
    )


def _link(row: CatalogueRow) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>', reverse("catalogues:record", args=[row.id]), row.document_id
    )


def _part(row: CatalogueRow) -> SafeString:
    part = _(row.part_label).capitalize()
    if not row.teacher_name:
        return format_html("{}", part)
    whose = _("Bara beslut av {name}").format(name=row.teacher_name)
    return format_html("{}<small>{}</small>", part, whose)


def _signed(counts: tuple[int, int] | None) -> SafeString:
    """Say how many have signed; nothing for a version that is not to be signed."""
    if counts is None:
        return format_html("{}", markup.NOTHING)
    signed, total = counts
    if signed == total:
        return markup.status("done", _("Alla"))
    text = _("{n} av {total}").format(n=signed, total=total)
    return markup.status("part" if signed else "open", text)


def _made(row: CatalogueRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.made_at), row.made_by_name)


def _file(row: CatalogueRow) -> SafeString:
    return format_html(
        '<a href="{}">PDF<span class="vh"> {}</span></a>',
        reverse("catalogues:document", args=[row.id]),
        row.document_id,
    )


def _unsigned_link(row: UnsignedRow) -> SafeString:
    address = reverse("catalogues:record", args=[row.catalogue_id])
    return format_html('<a href="{}">{}</a>', address, row.document_id)


def _unit(row: UnsignedRow) -> SafeString:
    return format_html("{}<small>{}</small>", row.unit_name, row.provider_name)


def _missing(row: UnsignedRow) -> SafeString:
    """Name whose signatures are missing, the first ones when they are many."""
    names = ", ".join(row.missing[:FEW_NAMES])
    more = len(row.missing) - FEW_NAMES
    if more > 0:
        names = _("{names} och {n} till").format(names=names, n=more)
    if not row.signers:
        return format_html("{}", names)
    total = _("{n} av {total} saknas").format(n=len(row.missing), total=row.signers)
    return format_html("{}<small>{}</small>", names, total)


def _since(row: UnsignedRow, today: date) -> SafeString:
    days = (today - row.issued_on).days
    return format_html("{}<small>{}</small>", markup.day(row.issued_on), ago(days))
