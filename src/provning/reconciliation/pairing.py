"""Which grade belongs to which placement of the same person and course."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from provning.kernel.terms import Term
from provning.reconciliation.groups import Prefix, bare_identifier, group_key, prefix_of
from provning.reconciliation.rows import Grade, Placement

NEAR_DAYS: Final = 60
"""How many days a mistaken date may lie from the right one across the turn of a half-year."""


@dataclass(slots=True)
class Paired:
    """Placements with their grades, what is left of each, and what only repeats another."""

    pairs: list[tuple[Placement, Grade]] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    placements_twice: list[tuple[Placement, Placement]] = field(default_factory=list)
    grades_twice: list[Grade] = field(default_factory=list)


def is_exam_grade(grade: Grade) -> bool:
    """Say whether a grade is one of a prövning, by its mark or by its group."""
    if grade.trial:
        return True
    prefix = prefix_of(grade.group)
    return prefix in {Prefix.EXACT, Prefix.NEAR} or (
        grade.trial is None and prefix is Prefix.UNKNOWN
    )


def pair(placements: Iterable[Placement], grades: Iterable[Grade]) -> Paired:
    """Pair what agrees most first: day and group, day, group, then the nearest day of the term."""
    paired = Paired()
    paired.placements = _without_repeated(placements, paired)
    paired.grades = _without_repeated_grades(grades, paired)
    for belongs in (_same_day_and_group, _same_day, _same_group, _near):
        if not paired.placements or not paired.grades:
            break
        _take(paired, belongs)
    return paired


def _without_repeated(placements: Iterable[Placement], paired: Paired) -> list[Placement]:
    """Return one placement for each day; nobody sits one course twice in a day."""
    kept: list[Placement] = []
    for placement in placements:
        other = next((each for each in kept if _repeats(each, placement)), None)
        if other:
            paired.placements_twice.append((placement, other))
        else:
            kept.append(placement)
    return kept


def _repeats(kept: Placement, placement: Placement) -> bool:
    """Say whether two certain placements are of one prövning."""
    return kept.exam and placement.exam and kept.first_day == placement.first_day


def _without_repeated_grades(grades: Iterable[Grade], paired: Paired) -> list[Grade]:
    """Return one grade of prövning for each day, a marked one before others."""
    kept: list[Grade] = []
    for grade in sorted(grades, key=lambda each: (each.date, each.trial is not True)):
        if any(each.date == grade.date and is_exam_grade(each) for each in kept):
            paired.grades_twice.append(grade)
        else:
            kept.append(grade)
    return kept


def _take(paired: Paired, belongs: Callable[[Placement, Grade], bool]) -> None:
    """Move what belongs together to the pairs, the smallest difference in days first."""
    found = sorted(
        (abs((placement.first_day - grade.date).days), place, other)
        for place, placement in enumerate(paired.placements)
        for other, grade in enumerate(paired.grades)
        if belongs(placement, grade)
    )
    places: set[int] = set()
    others: set[int] = set()
    for _, place, other in found:
        if place not in places and other not in others:
            places.add(place)
            others.add(other)
            paired.pairs.append((paired.placements[place], paired.grades[other]))
    paired.placements = [
        each for place, each in enumerate(paired.placements) if place not in places
    ]
    paired.grades = [each for place, each in enumerate(paired.grades) if place not in others]


def _same_day_and_group(placement: Placement, grade: Grade) -> bool:
    return _same_day(placement, grade) and _same_group(placement, grade)


def _same_day(placement: Placement, grade: Grade) -> bool:
    """Say whether the grade is of the placement's day; an ordinary course needs a marked grade."""
    if not placement.exam:
        return bool(grade.trial) and placement.first_day <= grade.date <= placement.last_day
    return grade.date in {placement.first_day, placement.last_day}


def _same_group(placement: Placement, grade: Grade) -> bool:
    """Say whether both stand in one group, known by its name or its identifier."""
    if not grade.group or not (placement.exam or grade.trial):
        return False
    if placement.group_id and bare_identifier(placement.group_id) == bare_identifier(grade.group):
        return True
    return bool(placement.group) and group_key(placement.group) == group_key(grade.group)


def _near(placement: Placement, grade: Grade) -> bool:
    """Say whether a date may be a mistaken one: a grade of prövning of the same half-year."""
    if not placement.exam or not is_exam_grade(grade):
        return False
    close = abs((placement.first_day - grade.date).days) <= NEAR_DAYS
    return close or Term.of(placement.first_day) == Term.of(grade.date)
