"""The rows of an answer as a list: whom it is about, what both files say, and what to do."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from provning.comparisons.rows import UNREAD
from provning.reconciliation import Fault, Mismatch
from provning.reconciliation.outputs import shown_number
from provning.web import markup
from provning.web.forms import problem_text
from provning.web.tables import Column, Table

Shown = Mismatch | Fault
KEPT = '<span class="nowrap">{}</span>'
TEXT = "{}"


def row_table(kind: str, rows: Sequence[Shown], caption: str) -> Table[Shown]:
    """Return a page of one kind's rows."""
    columns = UNREAD_COLUMNS if kind == UNREAD else MISMATCH_COLUMNS
    if not kind:
        columns = (KIND_COLUMN, *columns)
    return Table(
        rows,
        tuple(Column(key, _(head), cell, heads_row=heads) for key, head, cell, heads in columns),
        caption=caption,
    )


def _fault(row: Shown) -> Fault:
    assert isinstance(row, Fault)  # noqa: S101 # the rows of a kind are all alike
    return row


def _mismatch(row: Shown) -> Mismatch:
    assert isinstance(row, Mismatch)  # noqa: S101 # the rows of a kind are all alike
    return row


def _person(row: Shown) -> SafeString:
    each = _mismatch(row)
    number = shown_number(each.number) or each.person_id
    if not each.name:
        return format_html('<span class="pnr">{}</span>', number)
    return format_html('{}<small class="pnr">{}</small>', each.name, number)


def _kind(row: Shown) -> str:
    return _(_mismatch(row).kind.label)


def _course(row: Shown) -> SafeString:
    each = _mismatch(row)
    return _pair(each.course, each.value)


def _dates(row: Shown) -> SafeString:
    each = _mismatch(row)
    return _two(each.exam_date, each.grade_date, _("Prövning"), _("Betyg"))


def _groups(row: Shown) -> SafeString:
    each = _mismatch(row)
    return _two(each.placement_group, each.grade_group, _("Placering"), _("Betyg"), TEXT)


def _places(row: Shown) -> SafeString:
    each = _mismatch(row)
    return _two(each.placement_row, each.grade_row, _("Placering"), _("Betyg"))


def _advice(row: Shown) -> SafeString:
    problem = _fault(row).problem if isinstance(row, Fault) else _mismatch(row).advice
    return _pair(problem_text(problem), _(problem.source) if problem.source else "")


def _file(row: Shown) -> str:
    return _(_fault(row).side.label)


def _number(row: Shown) -> object:
    return _fault(row).row


def _pair(first: str, second: str) -> SafeString:
    """Return a text with another below it."""
    if not second:
        return format_html("{}", first)
    return format_html("{}<small>{}</small>", first, second)


def _two(placed: object, graded: object, first: str, second: str, form: str = KEPT) -> SafeString:
    """Return what the placement says and, where the grade says another thing, that too."""
    if placed == graded or not graded:
        return format_html(form, placed) if placed else SafeString(markup.NOTHING)
    if not placed:
        return format_html("{} " + form, second, graded)
    both = "<div>{} " + form + "</div><div>{} " + form + "</div>"
    return format_html(both, first, placed, second, graded)


KIND_COLUMN = ("kind", gettext_noop("Avvikelse"), _kind, False)
MISMATCH_COLUMNS = (
    ("person", gettext_noop("Elev"), _person, True),
    ("course", gettext_noop("Kurs, betyg"), _course, False),
    ("dates", gettext_noop("Datum"), _dates, False),
    ("groups", gettext_noop("Grupp"), _groups, False),
    ("rows", gettext_noop("Rad i filen"), _places, False),
    ("advice", gettext_noop("Vad du gör"), _advice, False),
)
UNREAD_COLUMNS = (
    ("file", gettext_noop("Fil"), _file, False),
    ("row", gettext_noop("Rad"), _number, True),
    ("advice", gettext_noop("Vad som är fel"), _advice, False),
)
