"""A prövningsgrupp as a line of a list: its row, its grades and how it stands, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.exams.queries import GroupRow
from provning.grading.queries import LateRow, decided_counts, ungraded_after_exam
from provning.kernel.actors import Actor
from provning.web import markup

SOON = "soon"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a group stands: `shape` is the status component's, `code` what the filter asks for."""

    code: str
    shape: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group of a list; `late` are its exams without grade, None when none has passed."""

    group: GroupRow
    standing: Standing
    late: LateRow | None

    @property
    def late_count(self) -> int:
        """Return how many grades are late."""
        return self.late.count if self.late and self.late.late else 0


def group_lines(actor: Actor, groups: Iterable[GroupRow], today: date) -> list[GroupLine]:
    """Return the groups with their decided grades and their standing, in the order given."""
    rows = list(groups)
    decided = decided_counts(row.id for row in rows)
    late = {row.group.id: row for row in ungraded_after_exam(actor, today, among=rows)}
    counted = [replace(row, decided=decided.get(row.id, 0)) for row in rows]
    return [GroupLine(row, standing(row, late.get(row.id)), late.get(row.id)) for row in counted]


def period(first: date, last: date) -> SafeString:
    """Show two days, or one; a narrow cell breaks between them and not within one."""
    if first == last:
        return markup.day(first)
    return format_html(
        '<span class="nowrap">{}–</span><wbr><span class="nowrap">{}</span>',
        markup.day(first),
        markup.day(last),
    )


def standing(group: GroupRow, late: LateRow | None) -> Standing:
    """Say how a group stands, the worst first."""
    if late is not None and late.late:
        text = ngettext("%(count)s betyg försenat", "%(count)s betyg försenade", late.count)
        return Standing("late", "late", text % {"count": late.count})
    if not group.ready:
        return Standing("no-teacher", SOON, _("Inte klar: saknar lärare"))
    if late is not None:
        day = date_format(late.last_day, "j b").replace(" ", "\u00a0")
        text = _("%(count)s betyg senast %(day)s") % {"count": late.count, "day": day}
        return Standing("waiting", SOON, text)
    return _undisturbed(group)


def _undisturbed(group: GroupRow) -> Standing:
    """Say how far a group has come that waits for nothing."""
    if group.placed == 0:
        return Standing("empty", "none", _("Inga placerade"))
    if group.decided >= group.placed:
        return Standing("done", "done", _("Klar"))
    if group.decided:
        return Standing("part", "part", _("Pågår"))
    return Standing("coming", "open", _("Kommande"))
