"""Betyg från andra system: what others have decided, shown with the person as theirs."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.extracts.rows import ExternalGrade
from provning.web import markup
from provning.web.tables import Column, Table

DECIDERS = {
    "LÄRARE": gettext_lazy("Lärare"),
    "REKTOR": gettext_lazy("Rektor"),
    "EXTERN": gettext_lazy("Extern skola"),
}


def external_table(rows: Sequence[ExternalGrade]) -> Table[ExternalGrade]:
    """Return the grades with which system says so, and when it was read."""
    count = ngettext("%(n)s betyg", "%(n)s betyg", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("course", _("Kurs"), _course, heads_row=True),
            Column("grade", _("Betyg"), _grade, align="c"),
            Column("day", _("Beslutsdatum"), lambda row: markup.day(row.decided_on)),
            Column("trial", _("Prövning"), lambda row: _("Ja") if row.trial else _("Nej")),
            Column("form", _("Skolform"), lambda row: row.school_type),
            Column("decider", _("Beslutat av"), lambda row: str(DECIDERS[row.decider])),
            Column("source", _("System"), _source),
        ),
        caption=_("{count}, senaste först.").format(count=count),
        caption_hidden=True,
        export="betyg-från-andra-system",
    )


def _course(row: ExternalGrade) -> SafeString:
    """Return the course's code, with its name where our register has it."""
    if not row.course_name:
        return format_html("{}", row.course)
    return format_html("{}<small>{}</small>", row.course_name, row.course)


def _grade(row: ExternalGrade) -> SafeString:
    """Return the value; an omdöme says that it is no grade."""
    if not row.assessment:
        return format_html("{}", row.value)
    return format_html("{}<small>{}</small>", row.value, _("omdöme"))


def _source(row: ExternalGrade) -> SafeString:
    """Return which system, and when it was read."""
    read = format_html(_("läst {day}"), day=markup.day(row.read_at))
    return format_html("{}<small>{}</small>", row.source_system, read)
