"""The grade sheet as a list to take out: what the sheet shows, without what is typed in."""

from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.web import markup
from provning.web.grades.lines import GradeLine
from provning.web.tables import Column, Table


def whole_sheet(lines: Sequence[GradeLine]) -> Table[GradeLine]:
    """Return the sheet's rows; a grade that is not decided is a draft, and the state says so."""
    return Table(
        lines,
        (
            Column("name", _("Elev"), _person, heads_row=True),
            Column("number", _("Personnummer"), _number),
            Column("group", _("Grupp"), lambda line: line.row.placement.group_name),
            Column("day", _("Prövnings- och betygsdatum"), _day),
            Column("grade", _("Betyg"), lambda line: line.row.value or line.row.draft_value),
            Column("state", _("Läge"), lambda line: line.text),
        ),
        caption=_("Betyg"),
        export="betygsblad",
    )


def _person(line: GradeLine) -> SafeString | str:
    return markup.person_name(line.row.placement.person)


def _number(line: GradeLine) -> SafeString | str:
    return markup.person_number(line.row.placement.person)


def _day(line: GradeLine) -> SafeString:
    return markup.day(line.row.placement.exam_date)
