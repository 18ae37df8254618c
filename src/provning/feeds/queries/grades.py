"""Our decided grades as Betyg XML has them: students picked by an interval, each with all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from provning.betygxml.rows import CourseGrade, DeciderRole, Deciders, StudentGrades
from provning.courses.kinds import Curriculum
from provning.feeds import policies
from provning.feeds.intervals import FeedInterval
from provning.feeds.parts import in_parts
from provning.grading.models import GradeDecision, JointDecider
from provning.grading.queries.decisions import VALID_DECISION
from provning.kernel.actors import Actor, Permission
from provning.organisation.queries import unit_scope
from provning.people.models import Person

AT_A_TIME = 500
SCHOOL_TYPES = {
    Curriculum.SFI: "SFI",
    Curriculum.ADAPTED_BASIC: "SARVUX",
    Curriculum.ADAPTED_UPPER: "SARVUX",
}
"""What is not named here is VUX."""
UNIT, CURRICULUM = "placement__group__unit", "placement__group__course__curriculum"
COLUMNS = (
    "value",
    "placement__exam_date",
    "placement__group__trial",
    "placement__group",
    UNIT,
    "decider_role",
    "decided_by",
    CURRICULUM,
    "course_code",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Whose decisions are given: where the actor has the right, of a school type ("" for all).

    `protected_at` are the organisers whose protected persons are there too, None for all. `as_of`
    is the moment at which decisions stood, None for now: what is read in parts says one thing, and
    what was read can be told again.
    """

    actor: Actor
    school_type: str = ""
    protected_at: Iterable[UUID] | None = ()
    right: Permission = policies.EXCHANGE
    as_of: datetime | None = None

    @property
    def condition(self) -> Q:
        """Return the filter over GradeDecision."""
        shown = policies.shown_persons(
            self.protected_at, "placement__person", f"{UNIT}__provider__organiser"
        )
        return unit_scope(self.actor, self.right, UNIT) & shown & _of_type(self.school_type)

    @property
    def standing(self) -> Q:
        """Return the filter for the decisions that stood then."""
        if self.as_of is None:
            return VALID_DECISION
        later = Q(superseded_by__isnull=True) | Q(superseded_by__decided_at__gte=self.as_of)
        return later & Q(decided_at__lt=self.as_of)

    @property
    def curricula(self) -> tuple[str, ...]:
        """Return the curricula of the school type, none for all."""
        return tuple(sorted(_curricula(self.school_type))) if self.school_type else ()


def changed_students(choice: Choice, interval: FeedInterval) -> Iterator[StudentGrades]:
    """Give every student with a grade decided or superseded in the interval, with all grades.

    What has been superseded is never among them, and a student may have none left. In constant
    memory: two queries for some hundred students at a time, beside the one that picks them.
    """
    for ids in in_parts(changed_ids(choice, interval).iterator(AT_A_TIME), AT_A_TIME):
        found = _grades_of(choice, ids)
        yield from (StudentGrades(str(each), tuple(found.get(each, ()))) for each in ids)


def changed_ids(choice: Choice, interval: FeedInterval) -> QuerySet[Person, UUID]:
    """Return the persons whom the interval picks, in the order of their ids."""
    before = min(interval.before, choice.as_of or interval.before)
    within = (interval.start, before)
    new = Q(decided_at__gte=within[0], decided_at__lt=within[1])
    gone = Q(superseded_by__decided_at__gte=within[0], superseded_by__decided_at__lt=within[1])
    decisions = GradeDecision.objects.filter(choice.condition, new | gone)
    persons = Person.objects.filter(pk__in=decisions.values("placement__person"))
    return persons.order_by("pk").values_list("pk", flat=True)


def standing_decisions(choice: Choice) -> QuerySet[GradeDecision]:
    """Return the decisions that stand."""
    return GradeDecision.objects.filter(choice.standing, choice.condition)


def _grades_of(choice: Choice, ids: Iterable[UUID]) -> dict[UUID, list[CourseGrade]]:
    """Return the grades of some persons, by exam date; two queries.

    Columns are read, not models: of a hundred thousand decisions the models take most of the time.
    """
    decisions = standing_decisions(choice).filter(placement__person__in=list(ids))
    joint: dict[UUID, list[str]] = {}
    together = JointDecider.objects.filter(decision__in=decisions)
    for decision_id, person_id in together.values_list("decision", "person"):
        joint.setdefault(decision_id, []).append(str(person_id))
    ordered = decisions.order_by("placement__person", "placement__exam_date", "course_code", "pk")
    found: dict[UUID, list[CourseGrade]] = {}
    for key, person_id, *facts in ordered.values_list("pk", "placement__person", *COLUMNS):
        row = _row(*facts, joint=sorted(joint.get(key, ())))
        found.setdefault(person_id, []).append(row)
    return found


def _row(
    value: str,
    exam_date: date,
    trial: bool,  # noqa: FBT001 (a column)
    group_id: UUID,
    unit_id: UUID,
    role: str,
    decided_by: UUID,
    curriculum: str,
    course_code: str,
    *,
    joint: list[str],
) -> CourseGrade:
    """Return a decision as the format has it; a grade in komvux is never an omdöme.

    Who signs first stands before the others who decided.
    """
    return CourseGrade(
        value=value,
        date=exam_date,
        trial=trial,
        group=str(group_id),
        school=str(unit_id),
        deciders=Deciders(DeciderRole(role), (str(decided_by), *joint)),
        school_type=SCHOOL_TYPES.get(Curriculum(curriculum), "VUX"),
        course_code=course_code,
        assessment=False,
    )


def _of_type(school_type: str) -> Q:
    """Return the condition for decisions of a school type; we have none of most."""
    return Q(**{f"{CURRICULUM}__in": list(_curricula(school_type))}) if school_type else Q()


def _curricula(school_type: str) -> list[str]:
    """Return the curricula that a school type has."""
    return [each.value for each in Curriculum if SCHOOL_TYPES.get(each, "VUX") == school_type]
