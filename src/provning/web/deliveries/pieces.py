"""What the screens of deliveries share: the checklist of what is missing, and the papers."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.archive.rows import PaperRow
from provning.kernel.problems import Problem
from provning.web.forms import problem_text
from provning.web.pieces import ChecklistItem
from provning.web.tables import Column, Table


def missing_items(problems: Iterable[Problem]) -> list[ChecklistItem]:
    """Return what is missing, each with its source; what a reason may set aside says so."""
    return [
        ChecklistItem(
            "soon" if each.overridable else "late",
            _("Kan vänta") if each.overridable else _("Saknas"),
            problem_text(each),
            _(each.source) if each.source else "",
        )
        for each in problems
    ]


def papers_table(papers: Sequence[PaperRow]) -> Table[PaperRow]:
    """Return the catalogue versions of a delivery."""
    count = ngettext("%(n)s katalog", "%(n)s kataloger", len(papers)) % {"n": len(papers)}
    return Table(
        papers,
        (
            Column("document", _("Betygskatalog"), _link, heads_row=True),
            Column("term", _("Period"), lambda row: row.term.label),
            Column("part", _("Del"), lambda row: _(row.part_label).capitalize()),
            Column("decisions", _("Beslut"), lambda row: row.decisions, align="n"),
            Column("pages", _("Sidor"), lambda row: row.pages, align="n"),
        ),
        caption=count,
        caption_hidden=True,
        export="leveransens-kataloger",
    )


def _link(row: PaperRow) -> SafeString:
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("catalogues:document", args=[row.id]),
        row.document_id,
        _("(PDF)"),
    )
