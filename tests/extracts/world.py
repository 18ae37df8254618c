"""Grades to make extracts of: decided ones of either curriculum, corrected ones, and who issues."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from provning.courses.kinds import Curriculum
from provning.courses.models import Course
from provning.exams.models import ExamGroup
from provning.extracts.actions import issue_extract
from provning.extracts.models import Extract
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor
from provning.kernel.grade_scales import ScaleFamily, scale_for
from provning.organisation.models import Policy, SchoolUnit
from provning.people.models import Person
from tests.grading import world
from tests.grading.world import EXAM, HT26, SINCE

ISSUED = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Office:
    """A municipality whose own unit has a rektor by name, a teacher and somebody at the centre."""

    town: world.Municipality
    teacher: Person
    rektor: Actor
    other_rektor: Actor
    centre: Actor

    @property
    def unit(self) -> SchoolUnit:
        """Return the own-run unit."""
        return self.town.unit


def office() -> Office:
    """Store the municipality; both units have rektors."""
    town = world.municipality()
    for unit, name in ((town.unit, "Rut Rektor"), (town.other_unit, "Olof Rektor")):
        unit.principal_name = name
        unit.save()
    return Office(
        town,
        world.teacher(town.unit),
        world.principal(town.unit),
        world.principal(town.other_unit),
        world.centre(town.organiser),
    )


def level(number: str, points: int = 100, *, subject: str = "MATO", variant: str = "") -> Course:
    """Store a level of a Gy25 subject: MATO2000X."""
    shape = number.upper().ljust(4, "0")
    found = world.course(
        f"{subject}{shape}X{variant}",
        f"Matematik – fortsättning nivå {number}",
        curriculum=Curriculum.GY25,
        level=number,
    )
    Course.objects.filter(pk=found.pk).update(points=points, subject_code=subject)
    found.refresh_from_db()
    return found


def grade(
    at: Office,
    examinee: Person,
    value: str = "C",
    *,
    of: Course | None = None,
    unit: SchoolUnit | None = None,
    day: date = EXAM,
    **particulars: str,
) -> GradeDecision:
    """Store a decided grade of the person."""
    course = of or world.course()
    where = unit or at.unit
    group = ExamGroup.objects.filter(unit=where, course=course).first() or world.group(
        where, at.teacher, of=course, term=HT26
    )
    placement = world.place(group, examinee, day)
    scale = scale_for(ScaleFamily(course.scale_family), day)
    return GradeDecision.objects.create(
        placement=placement,
        value=value,
        scale_id=scale.id if scale else "",
        course_code=course.code,
        course_name=course.name,
        points=course.points,
        decided_by=at.teacher,
        decided_by_name="Karin Wallgren",
        decider_role="LÄRARE",
        registered_by_account="test",
        registered_by_name="Karin Wallgren",
        decided_at=datetime.now(UTC),
        submission=uuid4(),
        **particulars,
    )


def correct(at: Office, old: GradeDecision, value: str, kind: str = "Rättelse") -> GradeDecision:
    """Store a rättelse, or an ändring, of a grade."""
    by_principal = kind == "Rättelse"
    return GradeDecision.objects.create(
        placement=old.placement,
        value=value,
        scale_id=old.scale_id,
        course_code=old.course_code,
        course_name=old.course_name,
        points=old.points,
        decided_by=at.teacher,
        decided_by_name="Rut Rektor" if by_principal else "Karin Wallgren",
        decider_role="REKTOR" if by_principal else "LÄRARE",
        registered_by_account="test",
        registered_by_name="Rut Rektor",
        decided_at=datetime.now(UTC),
        submission=uuid4(),
        supersedes=old,
        correction_type=kind,
        reason="skrivfel",
        hearing="heard" if by_principal else "",
        hearing_note="Håller med." if by_principal else "",
    )


def issue(
    at: Office,
    examinee: Person,
    decisions: Collection[GradeDecision],
    *,
    actor: Actor | None = None,
    english: bool = False,
    submission: UUID | None = None,
) -> Extract:
    """Issue an extract of the decisions, by the unit's rektor unless told."""
    return issue_extract(
        actor=actor or at.rektor,
        person_id=examinee.pk,
        decision_ids=[each.pk for each in decisions],
        english=english,
        submission=submission or uuid4(),
        today=ISSUED,
    )


def home_municipality_issues(at: Office, principal: str = "Hedda Hemkommun") -> None:
    """Let the organiser's policy be that the home municipality issues."""
    for key, value in (("extract_issuer", "organiser"), ("extract_principal", principal)):
        Policy.objects.create(organiser=at.town.organiser, key=key, value=value, valid_from=SINCE)


Desk = tuple[Office, Person]
Issued = tuple[Office, Person, GradeDecision, Extract]


def one_at_a_desk() -> Desk:
    """Store the municipality and a person without a grade."""
    return office(), world.person()


def one_issued() -> Issued:
    """Store the same, a C of the person's, and the extract that was issued of it."""
    at, ada = one_at_a_desk()
    old = grade(at, ada)
    return at, ada, old, issue(at, ada, [old])
