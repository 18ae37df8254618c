"""Prövningsgrupper out of an IMS snapshot: those that are missing become new, by the same checks.

A name is never taken in: it is built (Manual s. 1). The other system's name is held against the one
that would be built, since placements of the same file are found by it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext_noop

from provning.courses.queries import name_index
from provning.exams.models import ExamGroup
from provning.exams.planning import GroupPlan, uses_full_code
from provning.exams.rules.groups import teacher_problems
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, RoleType
from provning.imports import row_rules
from provning.imports.kinds import groups
from provning.imports.kinds.cells import group_name, refused
from provning.imports.kinds.ims_persons import refuse_faulty
from provning.imports.plans import Field, Plan, Setting, SourceRow
from provning.kernel.course_codes import upper_code
from provning.kernel.group_name_repair import repair
from provning.kernel.group_names import (
    HIGHEST_NUMBER,
    NameIndex,
    build_group_name,
    read_group_name,
)
from provning.organisation.queries import units_for
from provning.people.names import spoken_name

LINE = "\n"
UNIT_CODE = Field(
    "unit_code", gettext_noop("Skolenhetskod"), gettext_noop("Enhetens kod i filen."), ""
)
TEACHERS = Field(
    "teachers", gettext_noop("Lärare i filen"), gettext_noop("Alla lärare i gruppen."), ""
)
EARLIER = Field(
    "earlier",
    gettext_noop("Tidigare i filen"),
    gettext_noop("Grupper i samma kurs som står före i filen."),
    "",
)


@dataclass(slots=True)
class _Snapshot:
    """What the file says of groups: units, names of persons, and each group's members."""

    persons: dict[str, str] = field(default_factory=dict)
    groups: dict[str, ImsGroup] = field(default_factory=dict)
    parents: dict[str, ImsGroup] = field(default_factory=dict)
    courses: dict[str, dict[str, None]] = field(default_factory=dict)
    teachers: dict[str, dict[str, None]] = field(default_factory=dict)

    def member(self, part: ImsMember) -> None:
        """Take in a membership that holds."""
        if part.is_group:
            self.parents[part.member] = self.groups[part.group]
            return
        if part.course_code:
            self.courses.setdefault(part.group, {})[part.course_code] = None
        name = self.persons[part.member]
        if part.role == RoleType.INSTRUCTOR and name:
            self.teachers.setdefault(part.group, {})[name] = None


def read(path: Path) -> Iterator[Mapping[str, str]]:
    """Give each group with the name of a prövningsgrupp, or a near miss of one, by its name.

    Groups of other kinds, such as classes and units, are no rows. Raises `ProblemsFoundError` with
    every fault of the file.
    """
    refuse_faulty(path)
    told = _read(path)
    ours = [each for each in told.groups.values() if not each.deleted and repair(each.name).bodies]
    met: dict[tuple[str, str, str], list[str]] = {}
    for group in sorted(ours, key=lambda each: (len(each.name), each.name)):
        cells = _cells(group, told)
        place = (cells["unit"], cells["unit_code"], group.name.rstrip("0123456789"))
        yield {**cells, "earlier": LINE.join(met.get(place, ()))}
        met.setdefault(place, []).append(group.name)


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each group; at most two queries beside those of the groups sheet."""
    by_code = {each.code: each.name for each in units_for(setting.actor, groups.EDIT) if each.code}
    index = name_index() if any(not row.text("course") for row in rows) else NameIndex(())
    known = _known_teachers(rows)
    understood = [_understood(row, by_code, index, known) for row in rows]
    facts = groups.facts_of(setting, understood)
    return [_plan(row, facts) for row in understood]


def _plan(row: SourceRow, facts: groups.Facts) -> Plan:
    """Say what would become of one group, after what the file itself leaves unsaid."""
    near = repair(group_name(row)).problems
    problems = [*near]
    if not row.text("unit"):
        problems.append(row_rules.unit_untold())
    if not row.text("course") or LINE in row.text("course"):
        problems.append(row_rules.course_untold(row.text("course").split()))
    planned = groups.plan_row(row, facts, _to_come)
    told = {each.field for each in problems} | ({"group"} if near else set())
    others = [each for each in planned.problems if each.field not in told]
    return refused(planned, [*problems, *others]) if problems else planned


def _to_come(row: SourceRow, base: Plan, new: groups.NewGroup) -> Plan:
    """Plan a group that is missing, if it would have the name that it has in the file."""
    name, facts = group_name(row), new.facts
    full_code = uses_full_code(name, upper_code(new.course.code))
    planned = groups.new_plan(base, new, full_code=full_code)
    if planned.problems:
        return planned
    found = new.planned(full_code=full_code)
    built = _built(row, new, found)
    problems = [] if built == name else [row_rules.other_group_name(name, built)]
    if new.teacher:
        day = found.start_date
        problems += teacher_problems(
            new.teacher.person_id,
            new.course.id,
            facts.groups,
            on_duty=True,
            unit_name=facts.unit_name,
            on=day,
        )
    data = {**planned.data, "name": name, "full_code": full_code}
    if problems:
        return refused(base, problems)
    if new.teacher:
        twice = row_rules.teacher_twice(new.teacher.name)
        return replace(planned, data=data, twice=twice)
    return replace(planned, key=f"{facts.unit_id}:{facts.term.code}:{name}", data=data)


def _built(row: SourceRow, new: groups.NewGroup, found: GroupPlan) -> str:
    """Return the name that would be built, once those before it in the file are made."""

    def name(number: int) -> str:
        code, facts = new.course.code, new.facts
        return build_group_name(facts.initials, facts.term, code, number=number, rule=found.rule)

    first, there = name(1), {each.name for each in new.facts.groups}
    before = [
        each
        for each in row.text("earlier").split(LINE)
        if each not in there
        and (each == first or (each.startswith(first) and each[len(first) :].isdigit()))
    ]
    return name(min(found.number + len(before), HIGHEST_NUMBER))


def _read(path: Path) -> _Snapshot:
    told = _Snapshot()
    with path.open("rb") as file:
        for part in read_snapshot(file):
            if isinstance(part, ImsPerson):
                told.persons[part.id] = spoken_name(part.given_name, part.family_name).strip()
            elif isinstance(part, ImsGroup):
                told.groups[part.id] = part
            elif isinstance(part, ImsMember) and part.active and not part.deleted:
                told.member(part)
    return told


def _cells(group: ImsGroup, told: _Snapshot) -> dict[str, str]:
    """Return a group as a row of the groups sheet."""
    parent = told.parents.get(group.id)
    teachers = tuple(told.teachers.get(group.id, ()))
    return {
        "unit": parent.name if parent else "",
        "unit_code": (parent.school_unit_code if parent else "") or group.school_unit_code,
        "term": repair(group.name).bodies[0].term.code,
        "course": LINE.join(told.courses.get(group.id, ())),
        "teacher": teachers[0] if teachers else "",
        "teachers": LINE.join(teachers),
        "start_date": group.begin.isoformat() if group.begin else "",
        "end_date": group.end.isoformat() if group.end else "",
        "group": group.name,
    }


def _known_teachers(rows: Sequence[SourceRow]) -> dict[str, set[str]]:
    """Return who grades the groups that have the names; one query."""
    found: dict[str, set[str]] = {}
    named = ExamGroup.objects.filter(
        name__in={group_name(row) for row in rows}, grading_teacher__isnull=False
    )
    people = named.values_list(
        "name", "grading_teacher__given_name", "grading_teacher__family_name"
    )
    for name, given, family in people:
        found.setdefault(name, set()).add(spoken_name(given, family))
    return found


def _understood(
    row: SourceRow, units: Mapping[str, str], index: NameIndex, known: Mapping[str, set[str]]
) -> SourceRow:
    """Return a row with our name of the unit, the course that the name tells, and its teacher.

    Of several teachers the one who grades the group here is meant, else the first.
    """
    cells = dict(row.cells)
    cells["unit"] = units.get(row.text("unit_code"), row.text("unit"))
    if not row.text("course"):
        exact = [each for each in read_group_name(group_name(row), index).candidates if each.exact]
        cells["course"] = LINE.join(dict.fromkeys(each.course for each in exact))
    same = known.get(group_name(row), set()).intersection(row.text("teachers").split(LINE))
    cells["teacher"] = next(iter(sorted(same)), row.text("teacher"))
    return replace(row, cells=cells)


KIND = replace(
    groups.KIND,
    key="ims_groups",
    slug="grupper-ims",
    label=gettext_noop("Prövningsgrupper ur IMS"),
    lead=gettext_noop(
        "Läs in en IMS-fil: prövningsgrupperna i den jämförs med era, och de som saknas läggs upp."
    ),
    fields=(*groups.FIELDS, UNIT_CODE, TEACHERS, EARLIER),
    plan=plan,
    read=read,
)
