"""A term as a snapshot: units, prövningsgrupper, teachers, and who is placed on which day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from provning.courses.kinds import Curriculum
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.groups import VALID
from provning.feeds import policies
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, RoleType
from provning.feeds.parts import in_parts
from provning.feeds.queries.grades import AT_A_TIME, SCHOOL_TYPES
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import unit_scope
from provning.people.models import Person, PersonNumber
from provning.people.rows import MASKED_LABEL
from provning.reporting.models import SentPerson

UNIT, GROUP = "Skolenhet", "Prövningsgrupp"


@dataclass(frozen=True, slots=True)
class TermChoice:
    """Which term, of whose units, and at which organisers protected persons are there too.

    `organiser_id` narrows it down to one organiser. `noted` are the exports (`SentExport`) whose
    persons it is kept to: who is placed while it is written is in none of it.
    """

    actor: Actor
    term: Term
    protected_at: tuple[UUID, ...] = ()
    organiser_id: UUID | None = None
    noted: tuple[UUID, ...] = ()

    def groups(self) -> QuerySet[ExamGroup]:
        """Return the term's groups at the actor's units."""
        found = ExamGroup.objects.filter(
            unit_scope(self.actor, policies.EXCHANGE), year=self.term.year, season=self.term.season
        )
        if self.organiser_id is None:
            return found
        return found.filter(unit__provider__organiser=self.organiser_id)

    def kept(self, person: str) -> Q:
        """Return the condition for those who were noted, by a path to the person."""
        if not self.noted:
            return Q()
        noted = SentPerson.objects.filter(export__in=self.noted, left_out=False)
        return Q(Exists(noted.filter(person=OuterRef(person))))

    def placements(self) -> QuerySet[Placement]:
        """Return the placements that stand in them, without those who stay out."""
        return Placement.objects.filter(
            VALID,
            policies.shown_persons(self.protected_at, "person", _ORGANISER),
            self.kept("person"),
            group__in=self.groups(),
        )

    def grading(self, field: str) -> QuerySet[ExamGroup]:
        """Return the groups whose teacher in the field may be in the file."""
        shown = policies.shown_persons(self.protected_at, field, "unit__provider__organiser")
        return self.groups().filter(shown, self.kept(field), **{f"{field}__isnull": False})


_ORGANISER = "group__unit__provider__organiser"
TEACHERS = ("grading_teacher", "co_grading_teacher")


def persons(choice: TermChoice) -> Iterator[ImsPerson]:
    """Give everybody whom a membership of the term speaks of, in the order of their ids."""
    current = PersonNumber.objects.filter(person=OuterRef("pk"), valid_to__isnull=True)
    found = spoken_of(choice).annotate(number=current.values("number")[:1])
    for person in found.order_by("pk").iterator(AT_A_TIME):
        yield _person(person, person.number or "")


def spoken_of(choice: TermChoice) -> QuerySet[Person]:
    """Return the examinees who are placed and the teachers who grade."""
    placed = choice.placements().filter(person=OuterRef("pk"))
    wanted = Q(Exists(placed))
    for field in TEACHERS:
        wanted |= Q(Exists(choice.grading(field).filter(**{field: OuterRef("pk")})))
    return Person.objects.filter(wanted)


def groups(choice: TermChoice) -> Iterator[ImsGroup]:
    """Give the units and then the groups."""
    units = SchoolUnit.objects.filter(Exists(choice.groups().filter(unit=OuterRef("pk"))))
    for unit in units.order_by("pk"):
        yield ImsGroup(id=str(unit.pk), name=unit.name, kind=UNIT, school_unit_code=unit.code)
    found = choice.groups().select_related("course").order_by("pk")
    yield from (_group(each) for each in found.iterator(AT_A_TIME))


def members(choice: TermChoice) -> Iterator[ImsMember]:
    """Give which groups a unit has, and which teachers and examinees a group has."""
    by_unit = choice.groups().order_by("unit", "pk").values_list("unit", "pk")
    for unit_id, group_id in by_unit.iterator(AT_A_TIME):
        yield ImsMember(
            group=str(unit_id), member=str(group_id), is_group=True, role=RoleType.MEMBER
        )
    shown = {field: dict(choice.grading(field).values_list("pk", field)) for field in TEACHERS}
    found = choice.groups().select_related("course").order_by("pk").iterator(AT_A_TIME)
    for some in in_parts(found, AT_A_TIME):
        placed = _placed(choice, some)
        for group in some:
            teachers = [held[group.pk] for held in shown.values() if group.pk in held]
            yield from (_teaching(group, each) for each in teachers)
            yield from (_learning(group, *each) for each in placed.get(group.pk, ()))


def _placed(choice: TermChoice, some: Iterable[ExamGroup]) -> dict[UUID, list[tuple[UUID, date]]]:
    """Return who is placed on which day in some groups; one query."""
    placements = choice.placements().filter(group__in=[group.pk for group in some])
    ordered = placements.order_by("group", "person", "exam_date", "pk")
    found: dict[UUID, list[tuple[UUID, date]]] = {}
    for group_id, person_id, day in ordered.values_list("group", "person", "exam_date"):
        found.setdefault(group_id, []).append((person_id, day))
    return found


def _learning(group: ExamGroup, person_id: UUID, day: date) -> ImsMember:
    """Return an examinee's membership, on the one day of the prövning."""
    return ImsMember(
        group=str(group.pk),
        member=str(person_id),
        is_group=False,
        role=RoleType.LEARNER,
        begin=day,
        end=day,
        course_code=group.course.code,
    )


def _teaching(group: ExamGroup, person_id: UUID) -> ImsMember:
    """Return a teacher's membership."""
    return ImsMember(
        group=str(group.pk),
        member=str(person_id),
        is_group=False,
        role=RoleType.INSTRUCTOR,
        begin=group.start_date,
        end=group.end_date,
        course_code=group.course.code,
    )


def _person(person: Person, number: str) -> ImsPerson:
    """Return a person, a protected one without name and number."""
    if person.is_protected:
        return ImsPerson(id=str(person.pk), family_name=MASKED_LABEL, given_name="", protected=True)
    return ImsPerson(
        id=str(person.pk),
        family_name=person.family_name,
        given_name=person.given_name,
        number=number,
    )


def _group(group: ExamGroup) -> ImsGroup:
    """Return a group with its name, its days and its school type."""
    return ImsGroup(
        id=str(group.pk),
        name=group.name,
        kind=GROUP,
        begin=group.start_date,
        end=group.end_date,
        school_types=(SCHOOL_TYPES.get(Curriculum(group.course.curriculum), "VUX"),),
    )


def left_out(choice: TermChoice) -> int:
    """Return how many protected examinees of the term stay out of the file."""
    everybody = Placement.objects.filter(VALID, group__in=choice.groups())
    out = everybody.exclude(pk__in=choice.placements().values("pk"))
    return out.order_by().values("person").distinct().count()


def without_number(choice: TermChoice) -> int:
    """Return how many examinees in the file have no identity number in use."""
    current = PersonNumber.objects.filter(person=OuterRef("person"), valid_to__isnull=True)
    placed = choice.placements().filter(~Exists(current), person__protection=Person.Protection.NONE)
    return placed.order_by().values("person").distinct().count()
