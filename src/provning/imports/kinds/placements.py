"""Placements: who is examined in which group on which day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_noop

from provning.courses.queries import courses_by_id
from provning.courses.rows import CourseRow
from provning.exams.actions import (
    NewDay,
    change_exam_dates,
    place_students,
    withdraw_placements,
)
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.groups import VALID
from provning.exams.rules import (
    Candidate,
    Standing,
    decided,
    exam_date_problems,
    placement_problems,
)
from provning.grading.models import GradeDecision
from provning.imports import row_rules
from provning.imports.kind import ImportKind, Kept, Results
from provning.imports.kinds.cells import (
    EXAM_DATE,
    GROUP,
    NAME,
    PERSON,
    UNIT,
    Groups,
    base_plan,
    day_of,
    needed_day,
    person_of,
    refused,
    wrong,
)
from provning.imports.kinds.rows import at_rows, kept_of
from provning.imports.knowing import Known, Register, Written, read_written, register_for
from provning.imports.plans import Difference, Done, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem
from provning.people.models import Enrolment

PLACE = Permission.PLACE_PERSONS
DECEASED = "Avliden"
TAKEN_BACK = "Inläsningen togs tillbaka."
UNTIL = Field(
    "until",
    gettext_noop("T.o.m."),
    gettext_noop("Samma dag som prövningsdatum, när kolumnen finns."),
    "",
    ("Tom", "Slutdatum", "Till och med"),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows need to know, read at once."""

    register: Register
    groups: Groups
    courses: dict[UUID, CourseRow]
    enrolled: set[tuple[UUID, UUID]]
    standing: dict[tuple[UUID, UUID], list[Placement]]
    decided: set[UUID]


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row; a constant number of queries."""
    written = [read_written(row.text("identity_number"), setting.today) for row in rows]
    register = register_for(setting, PLACE, written)
    facts = _facts(register, Groups(setting, PLACE, rows))
    return [
        _plan(row, who, person_of(row, who, register), facts)
        for row, who in zip(rows, written, strict=True)
    ]


def _facts(register: Register, groups: Groups) -> Facts:
    """Read what stands in the groups for the persons."""
    known = register.ids()
    chosen = [each for found in groups.by_name.values() for each in found]
    placements = Placement.objects.filter(
        VALID | Q(superseded_by__isnull=False),
        group__in=[each.id for each in chosen],
        person__in=known,
    ).select_related("superseded_by")
    standing: dict[tuple[UUID, UUID], list[Placement]] = {}
    for each in placements:
        standing.setdefault((each.group_id, each.person_id), []).append(each)
    ids = [each.id for found in standing.values() for each in found]
    enrolled = Enrolment.objects.filter(
        provider__in={each.unit.provider_id for each in chosen}, person__in=known
    )
    decisions = GradeDecision.objects.filter(placement__in=ids)
    return Facts(
        register,
        groups,
        courses_by_id({each.course_id for each in chosen}),
        set(enrolled.values_list("person_id", "provider_id")),
        standing,
        set(decisions.values_list("placement_id", flat=True)),
    )


def _plan(row: SourceRow, written: Written, who: Known | list[Problem], facts: Facts) -> Plan:
    """Say what would become of one row."""
    group, day = facts.groups.of(row), needed_day(row, "exam_date")
    until = day_of(row, "until")
    problems = list(wrong(who, group, day, until))
    if isinstance(day, date) and isinstance(until, date) and day != until:
        problems.append(row_rules.two_dates(day.isoformat(), until.isoformat()))
    base = base_plan(row, facts.register.owners(written), row.text("group"))
    if problems or isinstance(who, list) or isinstance(group, Problem) or isinstance(day, Problem):
        return refused(base, problems)
    return _placed(replace(base, key=f"{group.id}:{who.id}"), group, who, day, facts)


def _placed(base: Plan, group: ExamGroup, who: Known, day: date, facts: Facts) -> Plan:
    """Plan a row whose person, group and day are clear."""
    there = facts.standing.get((group.id, who.id), [])
    valid = [each for each in there if not hasattr(each, "superseded_by")]
    if any(each.exam_date == day for each in valid):
        return replace(base, verdict=Verdict.UNCHANGED)
    course = facts.courses.get(group.course_id)
    problems = exam_date_problems(
        day,
        course,
        group_name=group.name,
        start_date=group.start_date,
        end_date=group.end_date,
    )
    if len(valid) > 1:
        problems.append(row_rules.several_placements())
    if valid:
        return _moved(base, group, valid[0], day, problems, facts)
    problems += _new_problems(group, who, day, there, facts)
    if problems:
        return replace(base, problems=tuple(problems))
    data = {"group": str(group.id), "exam_date": day.isoformat()}
    return replace(base, verdict=Verdict.NEW, data=data)


def _moved(
    base: Plan,
    group: ExamGroup,
    placement: Placement,
    day: date,
    problems: list[Problem],
    facts: Facts,
) -> Plan:
    """Plan another day for somebody who is placed already; a decided one is never moved."""
    if placement.id in facts.decided:
        problems.append(decided(group.name))
    if problems:
        return replace(base, problems=tuple(problems))
    before = placement.exam_date.isoformat()
    return replace(
        base,
        verdict=Verdict.CHANGED,
        differences=(Difference("exam_date", before, day.isoformat()),),
        data={
            "placement": str(placement.id),
            "version": placement.version,
            "exam_date": day.isoformat(),
        },
    )


def _new_problems(
    group: ExamGroup, who: Known, day: date, there: Iterable[Placement], facts: Facts
) -> list[Problem]:
    """Return what the rules of placing have against a new placement."""
    candidate = Candidate(
        who.id,
        day,
        enrolled=(who.id, group.unit.provider_id) in facts.enrolled,
        deceased=who.status == DECEASED,
        person_field="identity_number",
        date_field="exam_date",
    )
    standing = [
        Standing(each.person_id, each.exam_date, hasattr(each, "superseded_by")) for each in there
    ]
    return placement_problems([candidate], standing, group_name=group.name)


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Place the new ones, a group at a time, and change the days of the others."""
    groups: dict[str, list[Plan]] = {}
    for each in plans:
        if each.verdict is Verdict.NEW:
            groups.setdefault(str(each.data["group"]), []).append(each)
    results: Results = _change(setting, [each for each in plans if "placement" in each.data])
    for group_id, chosen in groups.items():
        entries = [
            (UUID(str(each.person_id)), date.fromisoformat(str(each.data["exam_date"])))
            for each in chosen
        ]
        with at_rows(chosen):
            placements = place_students(
                actor=setting.actor, group_id=UUID(group_id), entries=entries, today=setting.today
            )
        for each, placement in zip(chosen, placements, strict=True):
            results[each.number] = {"placement": str(placement.id), "version": placement.version}
    return results


def _change(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Change the days of those who are placed already."""
    changes = [
        NewDay(
            UUID(str(each.data["placement"])),
            int(str(each.data["version"])),
            date.fromisoformat(str(each.data["exam_date"])),
        )
        for each in plans
    ]
    with at_rows(plans):
        placements = change_exam_dates(actor=setting.actor, changes=changes, today=setting.today)
    return {
        each.number: {
            "placement": str(placement.id),
            "version": placement.version,
            "before": each.differences[0].before,
        }
        for each, placement in zip(plans, placements, strict=True)
    }


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take the placements back; one whose grade is decided, or typed, says so and stays."""
    new = [row for row in rows if row.verdict is Verdict.NEW]
    moved = [row for row in rows if row.verdict is not Verdict.NEW]
    kept = kept_of(new, lambda some: _withdraw(setting, some))
    return kept | kept_of(moved, lambda some: _move_back(setting, some))


def _withdraw(setting: Setting, rows: Sequence[Done]) -> None:
    withdraw_placements(
        actor=setting.actor,
        versions={UUID(str(row.result["placement"])): _version(row) for row in rows},
        reason=TAKEN_BACK,
    )


def _move_back(setting: Setting, rows: Sequence[Done]) -> None:
    changes = [
        NewDay(
            UUID(str(row.result["placement"])),
            _version(row),
            date.fromisoformat(str(row.result["before"])),
        )
        for row in rows
    ]
    change_exam_dates(actor=setting.actor, changes=changes, today=setting.today)


def _version(row: Done) -> int:
    return int(str(row.result["version"]))


KIND = ImportKind(
    key="placements",
    slug="placeringar",
    label=gettext_noop("Placeringar"),
    lead=gettext_noop("Placera elever i prövningsgrupper, var och en med sitt prövningsdatum."),
    permission=PLACE,
    wide=False,
    fields=(PERSON, NAME, GROUP, EXAM_DATE, UNTIL, UNIT),
    plan=plan,
    commit=commit,
    undo=undo,
    gathered=True,
)
