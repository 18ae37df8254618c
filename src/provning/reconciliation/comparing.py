"""The comparison: placements are kept by person and course, grades stream past them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import Final

from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.terms import Term
from provning.reconciliation import advice
from provning.reconciliation.checks import Checks, mismatch
from provning.reconciliation.groups import bare_identifier
from provning.reconciliation.kinds import MismatchKind
from provning.reconciliation.pairing import Paired, is_exam_grade, pair
from provning.reconciliation.rows import (
    Fault,
    Grade,
    Mismatch,
    Period,
    Placement,
    Remark,
    Report,
    Side,
)

LIMIT_DAYS: Final = 14
"""Days from the exam within which its grade is set, unless local custom says another number."""

Key = tuple[str, str]
ORDER: Final = {kind: place for place, kind in enumerate(MismatchKind)}


def reconcile(
    placements: Iterable[Placement | Fault],
    grades: Iterable[Grade | Fault],
    *,
    today: date,
    courses: Mapping[str, ScaleFamily],
    days: int = LIMIT_DAYS,
    persons: Mapping[str, str] | None = None,
    period: Period | None = None,
) -> Report:
    """Compare all placements with all grades and return every mismatch.

    `courses` gives each course's scale by `course_key`, `persons` the identity number of each
    identifier (bare, without braces). Grades of prövning outside `period` are not asked for a
    placement; it is the half-years of the placements unless it is given. Raises
    `ProblemsFoundError` when the files name persons in ways that cannot meet.
    """
    comparison = _Comparison(Checks(today, days, courses), dict(persons or {}))
    comparison.take_placements(placements)
    comparison.take_grades(grades, period or comparison.own_period())
    return comparison.report()


class _Comparison:
    """What is known so far."""

    def __init__(self, checks: Checks, numbers: dict[str, str]) -> None:
        """Begin with the numbers of the identifiers that are known beforehand."""
        self._checks = checks
        self._numbers = numbers
        self._placements: dict[Key, list[Placement]] = {}
        self._grades: dict[Key, list[Grade]] = {}
        self._faults: list[Fault] = []
        self._mismatches: list[Mismatch] = []
        self._unknown: Counter[str] = Counter()
        self._read: Counter[str] = Counter()
        self._period: Period | None = None
        self._persons_met = Counter[str]()

    def take_placements(self, placements: Iterable[Placement | Fault]) -> None:
        """Keep every placement; one with both number and identifier tells whose they are."""
        for each in placements:
            if isinstance(each, Fault):
                self._faults.append(each)
                continue
            self._read["placements"] += 1
            self._persons_met["placed by number" if each.number else "placed by id"] += 1
            if each.number and each.person_id:
                self._numbers[bare_identifier(each.person_id)] = each.number
            key = self._key(each)
            self._placements.setdefault(key, []).append(each)

    def own_period(self) -> Period | None:
        """Return the half-years that the certain placements lie in."""
        days = [
            each.first_day for each in chain.from_iterable(self._placements.values()) if each.exam
        ]
        if not days:
            return None
        return Period(Term.of(min(days)).first_day, Term.of(max(days)).last_day)

    def take_grades(self, grades: Iterable[Grade | Fault], period: Period | None) -> None:
        """Keep the grades that have a placement to meet or are of a prövning of the period."""
        self._period = period
        for each in grades:
            if isinstance(each, Fault):
                self._faults.append(each)
                continue
            self._read["grades"] += 1
            self._persons_met["graded by number" if each.number else "graded by id"] += 1
            key = self._key(each)
            if key in self._placements:
                self._grades.setdefault(key, []).append(each)
            elif not is_exam_grade(each):
                self._read["ordinary"] += 1
            else:
                self._keep_alone(key, each)

    def _keep_alone(self, key: Key, grade: Grade) -> None:
        """Keep a grade of prövning that nobody is placed for, if it is of the period."""
        if self._period and not self._period.contains(grade.date):
            self._read["outside"] += 1
        else:
            self._grades.setdefault(key, []).append(grade)

    def report(self) -> Report:
        """Compare what is kept and return the answer."""
        self._refuse_strangers()
        if not self._unread():
            self._compare_all()
        self._mismatches.sort(key=_order)
        return Report(
            mismatches=tuple(self._mismatches),
            faults=tuple(self._faults),
            remarks=tuple(_unknown_course(code, count) for code, count in self._unknown.items()),
            period=self._period,
            placements=self._read["placements"],
            grades=self._read["grades"],
            pairs=self._read["pairs"],
            waiting=self._read["waiting"],
            outside=self._read["outside"],
            ordinary=self._read["ordinary"],
            unread=self._unread(),
            counts=Counter(each.kind for each in self._mismatches),
        )

    def _unread(self) -> tuple[Side, ...]:
        """Return the files in which not one row could be read: nothing can be said of them."""
        faulty = {each.side for each in self._faults}
        return tuple(side for side in Side if side in faulty and not self._read[side.value])

    def _compare_all(self) -> None:
        """Compare person by person and course by course."""
        for key, placements in self._placements.items():
            self._compare(pair(placements, self._grades.pop(key, ())))
        for grades in self._grades.values():
            self._compare(pair((), grades))

    def _compare(self, paired: Paired) -> None:
        """Note everything that one person's placements and grades in one course disagree on."""
        add, checks = self._mismatches.extend, self._checks
        for placement, grade in paired.pairs:
            self._read["pairs"] += 1
            self._note_course(placement.course)
            add(checks.pair(placement, grade))
        for placement in paired.placements:
            self._note_placement(placement)
        for grade in paired.grades:
            self._note_grade(grade)
        for placement, kept in paired.placements_twice:
            problem = advice.placement_twice(placement.first_day, kept.row)
            add([mismatch(MismatchKind.PLACEMENT_TWICE, problem, placement, None)])
        for grade in paired.grades_twice:
            problem = advice.grade_twice(grade.date)
            add([mismatch(MismatchKind.GRADE_TWICE, problem, None, grade)])

    def _note_placement(self, placement: Placement) -> None:
        """Note a placement without a grade: too late, in time, or no prövning at all."""
        if not placement.exam:
            self._read["ordinary"] += 1
            return
        self._note_course(placement.course)
        if self._checks.days_past(placement) <= 0 and not placement.cancelled:
            self._read["waiting"] += 1
        self._mismatches.extend(self._checks.placement_alone(placement))

    def _note_grade(self, grade: Grade) -> None:
        """Note a grade without a placement, if it is one of prövning and of the period."""
        if not is_exam_grade(grade):
            self._read["ordinary"] += 1
        elif self._period and not self._period.contains(grade.date):
            self._read["outside"] += 1
        else:
            self._note_course(grade.course)
            self._mismatches.extend(self._checks.grade_alone(grade))

    def _note_course(self, code: str) -> None:
        """Count a course code that the register does not have."""
        if course_key(code) not in self._checks.courses:
            self._unknown[code] += 1

    def _key(self, row: Placement | Grade) -> Key:
        """Return what a placement and its grade share: whose they are and the course."""
        bare = "" if row.number else bare_identifier(row.person_id)
        return row.number or self._numbers.get(bare, bare), course_key(row.course)

    def _refuse_strangers(self) -> None:
        """Refuse files whose persons cannot meet: numbers in one and identifiers in the other."""
        met = self._persons_met
        if self._numbers or not self._read["placements"] or not self._read["grades"]:
            return
        only_numbers = not met["placed by id"] and not met["graded by number"]
        only_ids = not met["placed by number"] and not met["graded by id"]
        if only_numbers or only_ids:
            raise ProblemsFoundError([_strangers()])


def _order(each: Mismatch) -> tuple[int, date, str, str]:
    """Return what mismatches are sorted by: kind, day, person, course."""
    return ORDER[each.kind], each.exam_date or each.grade_date or date.min, each.person, each.course


def _strangers() -> Problem:
    """Say how two files that name persons differently can be brought together."""
    message = (
        "Den ena filen har personnummer och den andra elevernas id, så personerna kan inte paras"
        " ihop. Lägg till kolumnen Elev-id i placeringsfilen, eller lämna med en fil som har både"
        " personnummer och elev-id."
    )
    return Problem("reconcile-strangers", "persons", message)


def _unknown_course(code: str, count: int) -> Remark:
    """Say that a course's scale could not be checked."""
    message = (
        "Kurskoden {code} finns inte i kursregistret ({count} rader), så betygsskalan är inte"
        " kontrollerad. Kontrollera koden."
    )
    params = {"code": code, "count": count}
    return Remark(Problem("reconcile-unknown-course", "course", message, params=params))
