"""Groups: which prövningsgrupper a unit has in a term, with days and grading teacher.

A name is never taken in: it is built (Manual s. 1). A name in the file only points at a group that
is there already.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.courses.models import Course
from provning.courses.queries import courses_by_id
from provning.courses.rows import CourseRow
from provning.exams.facts import TermFacts
from provning.exams.models import ExamGroup
from provning.exams.planning import GroupPlan, plan_group
from provning.exams.queries.facts import term_facts
from provning.imports import row_rules
from provning.imports.kind import ImportKind
from provning.imports.kinds.cells import day_of, group_name, wrong
from provning.imports.kinds.group_writing import commit, undo
from provning.imports.plans import Difference, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.course_codes import course_key
from provning.kernel.group_name_repair import repair
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, units_for
from provning.people.names import spoken_name
from provning.people.queries import TeacherRow, teachers_for_unit

EDIT = Permission.EDIT_GROUPS
FIELDS = (
    Field(
        "unit",
        gettext_noop("Skolenhet"),
        gettext_noop("Enhetens namn."),
        "Komvux Centrum",
        ("Enhet", "Skola"),
        required=True,
    ),
    Field(
        "term",
        gettext_noop("Period"),
        gettext_noop("Terminen, som HT26."),
        "HT26",
        ("Termin",),
        required=True,
    ),
    Field(
        "course",
        gettext_noop("Kurskod"),
        gettext_noop("Kursens kod i kursregistret."),
        "MATMAT03b",
        ("Kod", "Kursens kod"),
        required=True,
    ),
    Field(
        "teacher",
        gettext_noop("Betygssättande lärare"),
        gettext_noop("För- och efternamn på en lärare med tjänst vid enheten."),
        "",
        ("Lärare",),
    ),
    Field(
        "start_date",
        gettext_noop("Startdatum"),
        gettext_noop("Gruppens första dag; tom ger anordnarens termin."),
        "",
        ("Fr.o.m.", "Start"),
    ),
    Field(
        "end_date",
        gettext_noop("Slutdatum"),
        gettext_noop("Gruppens sista dag; tom ger anordnarens termin."),
        "",
        ("T.o.m.", "Slut"),
    ),
    Field(
        "group",
        gettext_noop("Grupp"),
        gettext_noop("Namnet på en grupp som finns. Nya grupper får sitt namn av programmet."),
        "",
        ("Gruppnamn", "Prövningsgrupp"),
    ),
)


@dataclass(slots=True)
class Facts:
    """What the rows need to know; units, terms and teachers are read once for each that is met."""

    setting: Setting
    units: dict[str, UnitRow]
    courses: dict[str, CourseRow]
    groups: list[ExamGroup]
    terms: dict[tuple[UUID, Term], TermFacts]
    teachers: dict[UUID, list[TeacherRow]]

    def of_term(self, unit: UnitRow, term: Term) -> TermFacts:
        """Return a unit's facts for a term."""
        if (unit.id, term) not in self.terms:
            self.terms[unit.id, term] = term_facts(unit, term)
        return self.terms[unit.id, term]

    def teacher(self, unit: UnitRow, name: str) -> TeacherRow | Problem | None:
        """Return the one teacher of the unit who has the name, None for an empty cell."""
        written = " ".join(name.replace(",", " ").casefold().split())
        if not written:
            return None
        if unit.id not in self.teachers:
            self.teachers[unit.id] = teachers_for_unit(unit.id, self.setting.today)
        found = [
            each
            for each in self.teachers[unit.id]
            if sorted(each.name.casefold().split()) == sorted(written.split())
        ]
        return found[0] if len(found) == 1 else row_rules.unknown_teacher(name)


@dataclass(frozen=True, slots=True)
class NewGroup:
    """A group that a row asks for: where and when, in which course, whose, and its days."""

    facts: TermFacts
    course: CourseRow
    teacher: TeacherRow | None
    days: tuple[date | None, date | None]

    def planned(self, *, full_code: bool = False) -> GroupPlan:
        """Return the group as it would be."""
        start, end = self.days
        return plan_group(
            self.facts, self.course, start_date=start, end_date=end, full_code=full_code
        )


Named = Callable[[SourceRow, Plan, NewGroup], Plan]


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row."""
    facts = facts_of(setting, rows)
    return [plan_row(row, facts) for row in rows]


def facts_of(setting: Setting, rows: Sequence[SourceRow]) -> Facts:
    """Read what some rows need to know."""
    units = {
        each.name.casefold(): each
        for each in units_for(setting.actor, EDIT)
        if setting.provider_id in {None, each.provider_id}
    }
    keys = {
        course_key(row.text("course").strip()) for row in rows if "\0" not in row.text("course")
    }
    ids = dict(Course.objects.filter(key__in=keys).values_list("key", "pk"))
    by_id = courses_by_id(ids.values())
    groups = ExamGroup.objects.filter(unit__in=[each.id for each in units.values()])
    chosen = groups.filter(course__in=list(ids.values())).select_related("grading_teacher")
    courses = {key: by_id[course_id] for key, course_id in ids.items()}
    return Facts(setting, units, courses, list(chosen.order_by("number", "pk")), {}, {})


def plan_row(row: SourceRow, facts: Facts, named: Named | None = None) -> Plan:
    """Say what would become of one row; `named` plans one that names a group that is not there."""
    unit = facts.units.get(row.text("unit").strip().casefold())
    course = facts.courses.get(course_key(row.text("course").strip()))
    start, end, term = day_of(row, "start_date"), day_of(row, "end_date"), _term(row)
    teacher = facts.teacher(unit, row.text("teacher")) if unit else None
    problems = list(wrong(start, end, term, teacher))
    if unit is None:
        problems.append(row_rules.unknown_place("unit", row.text("unit")))
    if course is None:
        problems.append(row_rules.unknown_course(row.text("course")))
    what = group_name(row) or " ".join((row.text("course"), row.text("term"))).strip()
    base = Plan(row.number, Verdict.REFUSED, what=what)
    if problems or unit is None or course is None:
        return replace(base, problems=tuple(problems))
    if isinstance(term, Problem) or isinstance(teacher, Problem):
        return replace(base, problems=tuple(problems))
    days = (
        start if isinstance(start, date) else None,
        end if isinstance(end, date) else None,
    )
    known = _known(row, unit, course, term, teacher, facts)
    if known is not None:
        return _changed(base, known, teacher, days)
    if group_name(row) and named is None:
        near = repair(group_name(row)).problems
        problem = near[0] if near else row_rules.unknown_group(group_name(row))
        return replace(base, problems=(problem,))
    new = NewGroup(facts.of_term(unit, term), course, teacher, days)
    return named(row, base, new) if named and group_name(row) else new_plan(base, new)


def _term(row: SourceRow) -> Term | Problem:
    try:
        return Term.parse(row.text("term"))
    except ProblemsFoundError as error:
        return error.problems[0]


def _known(
    row: SourceRow,
    unit: UnitRow,
    course: CourseRow,
    term: Term,
    teacher: TeacherRow | None,
    facts: Facts,
) -> ExamGroup | None:
    """Return the group that the row speaks of: by its name, else by its teacher."""
    of_term = [
        each
        for each in facts.groups
        if (each.unit_id, each.course_id) == (unit.id, course.id)
        and (each.year, each.season) == (term.year, str(term.season))
    ]
    if group_name(row):
        return next((each for each in of_term if each.name == group_name(row)), None)
    wanted = teacher.person_id if teacher else None
    return next((each for each in of_term if each.grading_teacher_id == wanted), None)


def _changed(
    base: Plan,
    group: ExamGroup,
    teacher: TeacherRow | None,
    days: tuple[date | None, date | None],
) -> Plan:
    """Plan the changes of a group that is there; an empty cell changes nothing."""
    base = replace(base, what=group.name, key=str(group.id))
    start, end = days[0] or group.start_date, days[1] or group.end_date
    held = group.grading_teacher
    before = spoken_name(held.given_name, held.family_name) if held else ""
    differences = [
        Difference(key, old.isoformat(), new.isoformat())
        for key, old, new in (
            ("start_date", group.start_date, start),
            ("end_date", group.end_date, end),
        )
        if old != new
    ]
    if teacher and teacher.person_id != group.grading_teacher_id:
        differences.append(Difference("teacher", before, teacher.name))
    if not differences:
        return replace(base, verdict=Verdict.UNCHANGED)
    data = {
        "group": str(group.id),
        "version": group.version,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "teacher": str(teacher.person_id) if teacher else "",
        "before": {
            "start": group.start_date.isoformat(),
            "end": group.end_date.isoformat(),
            "teacher": str(group.grading_teacher_id or ""),
        },
    }
    return replace(base, verdict=Verdict.CHANGED, differences=tuple(differences), data=data)


def new_plan(base: Plan, new: NewGroup, *, full_code: bool = False) -> Plan:
    """Plan a new group; its number and name follow when it is made."""
    found = new.planned(full_code=full_code)
    if found.problems:
        return replace(base, problems=found.problems)
    data = {
        "unit": str(new.facts.unit_id),
        "course": str(new.course.id),
        "term": new.facts.term.code,
        "start": found.start_date.isoformat(),
        "end": found.end_date.isoformat(),
        "teacher": str(new.teacher.person_id) if new.teacher else "",
    }
    key = ":".join((data["unit"], data["course"], data["term"], data["teacher"]))
    return replace(base, verdict=Verdict.NEW, key=key, data=data)


KIND = ImportKind(
    key="groups",
    slug="grupper",
    label=gettext_noop("Prövningsgrupper"),
    lead=gettext_noop(
        "Lägg upp en termins grupper, eller ändra dagar och lärare för dem som finns."
    ),
    permission=EDIT,
    wide=False,
    fields=FIELDS,
    plan=plan,
    commit=commit,
    undo=undo,
)
