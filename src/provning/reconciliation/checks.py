"""What is wrong with one pair, one placement or one grade: every mismatch at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily, scale_for
from provning.kernel.problems import Problem
from provning.kernel.swedish import search_words
from provning.reconciliation import advice
from provning.reconciliation.groups import (
    Prefix,
    bare_identifier,
    group_key,
    is_identifier,
    prefix_of,
    term_holds,
)
from provning.reconciliation.kinds import MismatchKind
from provning.reconciliation.rows import Grade, Mismatch, Placement

Found = Iterator[Mismatch]
SCALES = Mapping[str, ScaleFamily]


@dataclass(frozen=True, slots=True)
class Checks:
    """What the checks need to know beside the rows.

    `courses` gives each course's scale by `course_key`; `days` is the limit for setting a grade.
    """

    today: date
    days: int
    courses: SCALES

    def pair(self, placement: Placement, grade: Grade) -> Found:
        """Give everything on which a placement and its grade disagree."""
        if grade.date not in {placement.first_day, placement.last_day} and (
            placement.exam or placement.first_day == placement.last_day
        ):
            problem = advice.other_date(placement.first_day, grade.date)
            yield mismatch(MismatchKind.DATE, problem, placement, grade)
        yield from self.placement(placement, grade)
        yield from _group_checks(placement, grade)
        yield from self._scale(grade, placement)
        yield from _teacher_check(placement, grade)

    def placement(self, placement: Placement, grade: Grade | None = None) -> Found:
        """Give what is wrong with a placement's own days."""
        if not placement.exam:
            return
        first, last = placement.first_day, placement.last_day
        if first != last:
            problem = advice.days_differ(first, last)
            yield mismatch(MismatchKind.DAYS, problem, placement, grade)
        if not term_holds(placement.group, first):
            problem = advice.outside_term(first, placement.group)
            yield mismatch(MismatchKind.OUTSIDE_TERM, problem, placement, grade)
        elif not _in_group(placement):
            begin, end = placement.group_first_day, placement.group_last_day
            problem = advice.outside_group(first, begin, end)
            yield mismatch(MismatchKind.OUTSIDE_GROUP, problem, placement, grade)

    def placement_alone(self, placement: Placement) -> Found:
        """Give what is wrong with a placement that has no grade."""
        yield from self.placement(placement)
        yield from _group_checks(placement, None)
        past = self.days_past(placement)
        if past > 0 and not placement.cancelled:
            problem = advice.placement_alone(placement.first_day, past)
            yield mismatch(MismatchKind.PLACEMENT_ALONE, problem, placement, None, past)

    def days_past(self, placement: Placement) -> int:
        """Return the days past the limit for a grade, negative before it."""
        return (self.today - placement.last_day).days - self.days

    def grade_alone(self, grade: Grade) -> Found:
        """Give what is wrong with a grade that has no placement."""
        problem = advice.grade_alone(grade.date)
        yield mismatch(MismatchKind.GRADE_ALONE, problem, None, grade)
        if not term_holds(grade.group, grade.date):
            problem = advice.outside_term(grade.date, grade.group)
            yield mismatch(MismatchKind.OUTSIDE_TERM, problem, None, grade)
        yield from _group_checks(None, grade)
        yield from self._scale(grade, None)

    def _scale(self, grade: Grade, placement: Placement | None) -> Found:
        """Refuse a grade outside its course's scale; a course nobody knows has none to break."""
        family = self.courses.get(course_key(grade.course))
        if family is None:
            return
        scale = scale_for(family, grade.date)
        if scale is None or grade.value not in scale.values:
            problem = advice.wrong_scale(grade.value, scale, grade.date)
            yield mismatch(MismatchKind.SCALE, problem, placement, grade)


def mismatch(
    kind: MismatchKind,
    problem: Problem,
    placement: Placement | None,
    grade: Grade | None,
    days: int = 0,
) -> Mismatch:
    """Return a mismatch with what both files say."""
    first = placement or grade
    return Mismatch(
        kind=kind,
        number=(placement.number if placement else "") or (grade.number if grade else ""),
        person_id=(placement.person_id if placement else "") or (grade.person_id if grade else ""),
        name=(placement.name if placement else "") or (grade.name if grade else ""),
        course=first.course if first else "",
        exam_date=placement.first_day if placement else None,
        grade_date=grade.date if grade else None,
        placement_group=placement.group or placement.group_id if placement else "",
        grade_group=grade.group if grade else "",
        value=grade.value if grade else "",
        placement_teacher=placement.teacher or placement.teacher_id if placement else "",
        grade_teacher=grade.teacher if grade else "",
        placement_row=placement.row if placement else None,
        grade_row=grade.row if grade else None,
        days=days,
        advice=problem,
    )


def _in_group(placement: Placement) -> bool:
    """Say whether the day lies between the group's days, where they are known."""
    first = placement.group_first_day or date.min
    last = placement.group_last_day or date.max
    return first <= placement.first_day <= last


def _group_checks(placement: Placement | None, grade: Grade | None) -> Found:
    """Give what is wrong with the groups' names, the mark for prövning and each other."""
    placed = placement.group if placement else ""
    graded = grade.group if grade else ""
    prefixes = {prefix_of(placed): placed, prefix_of(graded): graded}
    name = placed or graded
    if Prefix.NEAR in prefixes:
        problem = advice.prefix_near(prefixes[Prefix.NEAR])
        yield mismatch(MismatchKind.PREFIX_NEAR, problem, placement, grade)
    elif prefix_of(name) is Prefix.MISSING:
        problem = advice.prefix_missing(name)
        yield mismatch(MismatchKind.PREFIX_MISSING, problem, placement, grade)
    elif grade and grade.trial is False:
        problem = advice.not_trial(prefixes.get(Prefix.EXACT, name))
        yield mismatch(MismatchKind.NOT_TRIAL, problem, placement, grade)
    elif placement and grade and _other_group(placement, grade):
        problem = advice.other_group(placed or placement.group_id, graded)
        yield mismatch(MismatchKind.GROUP, problem, placement, grade)


def _other_group(placement: Placement, grade: Grade) -> bool:
    """Say whether both name a group in the same way, and not the same group."""
    own = bare_identifier(placement.group_id)
    if not grade.group or own == bare_identifier(grade.group):
        return False
    if is_identifier(grade.group):
        return bool(own)
    return bool(placement.group) and group_key(placement.group) != group_key(grade.group)


def _teacher_check(placement: Placement, grade: Grade) -> Found:
    """Refuse a grade set by another teacher than the group's, where both are told alike."""
    for connected in (placement.teacher, placement.teacher_id):
        if _comparable(connected, grade.teacher):
            if not _among(connected, grade.teacher):
                problem = advice.other_teacher(connected, grade.teacher)
                yield mismatch(MismatchKind.TEACHER, problem, placement, grade)
            return


def _comparable(connected: str, graded: str) -> bool:
    """Say whether both are names or both are identifiers."""
    if not connected or not graded:
        return False
    return _is_name(connected) == _is_name(graded)


def _is_name(text: str) -> bool:
    """Say whether a text is made of words alone; identifiers have digits or braces."""
    return not any(each.isdigit() or each in "{}" for each in text)


def _among(connected: str, graded: str) -> bool:
    """Say whether the teacher is one of those who set the grade; order of the names is free."""
    if not _is_name(connected):
        return bare_identifier(connected) in {bare_identifier(each) for each in graded.split(";")}
    one, other = set(search_words(connected)), set(search_words(graded))
    return one <= other or other <= one
