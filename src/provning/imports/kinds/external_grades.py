"""Grades that another system holds, as Betyg XML: kept as that system's, never as our own.

Every student of the file is a row, with the complete list of grades: what a list lacks has been
removed in the other system, so a list that could not be read whole is not taken in.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.utils.translation import gettext_noop

from provning.betygxml.reading import read_grades
from provning.betygxml.rows import CourseGrade, GradeRow, Interval, StudentGrades
from provning.feeds.actions import Reading, take_in_external_grades, withdraw_external_grades
from provning.feeds.plain import grades_from_json, grades_to_json
from provning.feeds.queries import held_lists
from provning.feeds.rows import HeldList
from provning.imports import row_rules
from provning.imports.kind import ImportKind, Kept, Results
from provning.imports.plans import Difference, Done, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem, refuse_if
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import policy_value
from provning.people.models import Person
from provning.people.queries import person_scope

EXCHANGE = Permission.EXCHANGE_GRADES
ORIGIN = "Betyg XML"
SHOWN_PROBLEMS, MOST_FAULTS = 3, 100
FIELDS = (
    Field("student", gettext_noop("Elevens id"), gettext_noop("Id i det andra systemet."), ""),
    Field("grades", gettext_noop("Betyg"), gettext_noop("Elevens fullständiga lista."), ""),
)


def read(path: Path) -> Iterator[Mapping[str, str]]:
    """Give each student; raises `ProblemsFoundError` for a file that is not whole.

    Only what is wrong with a student's own grades stays with that student.
    """
    digest = _digest(path)
    interval: Interval | None = None
    met: list[Problem] = []
    faults: list[Problem] = []
    with path.open("rb") as file:
        for part in read_grades(file):
            match part:
                case Interval():
                    interval = part
                case Problem():
                    met.append(part)
                case StudentGrades():
                    own = [each for each in met if _is_about(each, part)]
                    faults += [each for each in met if each not in own]
                    yield _cells(part, own, interval, digest)
                    met = []
    refuse_if([*faults, *met][:MOST_FAULTS])


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each student's list; a constant number of queries."""
    source = source_system(setting)
    held = held_lists(setting.organiser_id, source, (row.text("student") for row in rows))
    named = {key: each.person_id for key, each in held.items()}
    named |= {
        row.text("student"): key
        for row in rows
        if row.text("student") not in named and (key := _as_id(row.text("student")))
    }
    seen = _within_reach(setting, named.values())
    return [_plan(row, held, named.get(row.text("student")), seen) for row in rows]


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Keep the lists, in one batch."""
    if not plans:
        return {}
    students = [(_person(each), _student(each)) for each in plans]
    batch = take_in_external_grades(
        actor=setting.actor,
        reading=_reading(setting, plans[0]),
        students=students,
        now=datetime.now(UTC),
    )
    batch_id = str(batch.pk) if batch else ""
    return {each.number: {"batch": batch_id, "person": str(each.person_id)} for each in plans}


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Let the batch count no more."""
    for batch_id in sorted({str(row.result["batch"]) for row in rows} - {""}):
        withdraw_external_grades(
            actor=setting.actor, batch_id=UUID(batch_id), now=datetime.now(UTC)
        )
    return {}


def source_system(setting: Setting) -> str:
    """Return what the organiser calls the system that Betyg XML comes from."""
    return str(policy_value(setting.organiser_id, PolicyKey.GRADES_COME_FROM, setting.today))


def _cells(
    student: StudentGrades, faults: Sequence[Problem], interval: Interval | None, digest: str
) -> Mapping[str, str]:
    """Return one student as a row's cells."""
    shown = " ".join(each.text for each in faults[:SHOWN_PROBLEMS])
    return {
        "student": student.student,
        "grades": grades_to_json(student.grades),
        "refused": str(student.refused or ""),
        "faults": shown,
        "start": interval.start.isoformat() if interval else "",
        "end": interval.end.isoformat() if interval else "",
        "sha256": digest,
    }


def _is_about(problem: Problem, student: StudentGrades) -> bool:
    """Say whether a problem is of one of a student's grades."""
    return str(problem.params.get("place", "")).startswith(f"Elev {student.number},")


def _plan(
    row: SourceRow, held: Mapping[str, HeldList], person_id: UUID | None, seen: Mapping[UUID, bool]
) -> Plan:
    """Say what would become of one student's list."""
    key = row.text("student")
    base = Plan(row.number, Verdict.REFUSED, what=key, key=key)
    if person_id is None or person_id not in seen:
        return replace(base, problems=(row_rules.external_unknown(key),))
    base = replace(base, person_id=person_id, protected=seen[person_id])
    if row.text("refused"):
        problem = row_rules.external_incomplete(row.text("refused"), row.text("faults"))
        return replace(base, problems=(problem,))
    grades = grades_from_json(row.text("grades"))
    before = held[key].grades if key in held else None
    if before == grades:
        return replace(base, verdict=Verdict.UNCHANGED)
    facts = {name: row.text(name) for name in ("student", "grades", "start", "end", "sha256")}
    verdict = Verdict.NEW if before is None else Verdict.CHANGED
    differences = tuple(_differences(before or (), grades))
    return replace(base, verdict=verdict, differences=differences, data=facts)


def _differences(before: Sequence[GradeRow], after: Sequence[GradeRow]) -> Iterator[Difference]:
    """Give what a list has lost and what it has gained."""
    yield from (Difference("grades", _spoken(each), "") for each in before if each not in after)
    yield from (Difference("grades", "", _spoken(each)) for each in after if each not in before)


def _spoken(grade: GradeRow) -> str:
    """Return a grade in short."""
    course = grade.course_code if isinstance(grade, CourseGrade) else grade.subject
    return f"{course} {grade.value} {grade.date.isoformat()}"


def _within_reach(setting: Setting, ids: Iterable[UUID]) -> dict[UUID, bool]:
    """Return which of the persons the importer reaches, and whether each is protected."""
    found = Person.objects.filter(person_scope(setting.actor, EXCHANGE), pk__in=set(ids))
    return {each.pk: each.is_protected for each in found}


def _as_id(key: str) -> UUID | None:
    """Return the id of ours that a key is, braces or not; None for another system's own."""
    try:
        return UUID(key.strip("{}"))
    except ValueError:
        return None


def _student(plan_: Plan) -> StudentGrades:
    return StudentGrades(str(plan_.data["student"]), grades_from_json(str(plan_.data["grades"])))


def _person(plan_: Plan) -> UUID:
    return UUID(str(plan_.person_id))


def _reading(setting: Setting, plan_: Plan) -> Reading:
    """Return what was read, as every row of the file says it."""
    start, end = (str(plan_.data[name]) for name in ("start", "end"))
    interval = Interval(datetime.fromisoformat(start), datetime.fromisoformat(end))
    return Reading(
        organiser_id=setting.organiser_id,
        source_system=source_system(setting),
        origin=ORIGIN,
        sha256=str(plan_.data["sha256"]),
        interval=interval,
        submission=uuid4(),
    )


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


KIND = ImportKind(
    key="external_grades",
    slug="externa-betyg",
    label=gettext_noop("Betyg från andra system"),
    lead=gettext_noop(
        "Läs in Betyg XML 1.1.1. Betygen visas hos eleven som det andra systemets, aldrig som era."
    ),
    permission=EXCHANGE,
    wide=True,
    fields=FIELDS,
    plan=plan,
    commit=commit,
    undo=undo,
    read=read,
    fetches=True,
)
