"""The town of the builders with teachers, a register of five courses, groups and placements."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from provning.courses.queries import course_by_code
from provning.exams.actions import create_exam_group, place_students
from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.terms import Season, Term
from provning.organisation.actions import set_policy, set_term_calendar
from tests.builders import FIRST, HT26, PROGRAM, TODAY, Town, actor, build_town, load_courses

__all__ = ["HT26", "PROGRAM", "TODAY", "VT22", "VT23", "VT27", "World", "build_world"]

VT23 = Term(2023, Season.VT)
VT22 = Term(2022, Season.VT)
VT27 = HT26.next()
VT27_DAYS = (date(2027, 1, 11), date(2027, 6, 11))
MAIL = "adminkontakt@vux.sjostad.example"


@dataclass
class World:
    """A town in short: ids of what is asked for most, and teachers by their given names."""

    town: Town
    teachers: dict[str, UUID] = field(default_factory=dict)

    @property
    def provider(self) -> UUID:
        """Return the own-run provider, with the units Centrum and Hamnen."""
        return self.town.own

    @property
    def other_provider(self) -> UUID:
        """Return the contracted provider, with the unit Kompaniet."""
        return self.town.contracted

    @property
    def centrum(self) -> UUID:
        """Return the unit with the initials KC."""
        return self.town.centrum

    @property
    def hamnen(self) -> UUID:
        """Return the unit with the initials KH."""
        return self.town.hamnen

    @property
    def kompaniet(self) -> UUID:
        """Return the other provider's unit, with the initials KK."""
        return self.town.kompaniet

    @property
    def admin(self) -> Actor:
        """Return the first provider's administrator."""
        return self.town.admin

    @property
    def other_admin(self) -> Actor:
        """Return the other provider's administrator."""
        return self.town.other_admin

    @property
    def centre(self) -> Actor:
        """Return the adminkontakt at Vuxenutbildningscentrum."""
        return self.town.centre

    @property
    def principal(self) -> Actor:
        """Return the principal of Komvux Centrum."""
        return self.town.principal

    @property
    def karin(self) -> Actor:
        """Return the teacher Karin, who sees her own groups at Komvux Centrum."""
        return self.teacher("Karin", self.centrum)

    def teacher(self, name: str, unit: UUID) -> Actor:
        """Return a teacher as the actor of their own groups in a unit."""
        return actor("grading_teacher", ScopeKind.OWN_GROUPS, unit, self.teachers.get(name))

    def course(self, code: str = "MATMAT03b") -> UUID:
        """Return the id of a course in the register."""
        row = course_by_code(code)
        assert row is not None
        return row.id

    def group(
        self,
        code: str = "MATMAT03b",
        *,
        unit: UUID | None = None,
        term: Term = HT26,
        teacher: str = "",
    ) -> ExamGroup:
        """Make a group as a program does."""
        return create_exam_group(
            actor=PROGRAM,
            unit_id=unit or self.centrum,
            course_id=self.course(code),
            term=term,
            grading_teacher_id=self.teachers[teacher] if teacher else None,
            today=TODAY,
        )

    def person(
        self,
        given_name: str = "Kim",
        family_name: str = "Ek",
        *,
        provider: UUID | None = None,
        protection: str = "Ingen",
    ) -> UUID:
        """Register somebody and enrol them with a provider, the first unless another is given."""
        return self.town.person(given_name, family_name, at=provider, protection=protection).id

    def stranger(self) -> UUID:
        """Register somebody who is enrolled nowhere."""
        return self.town.stranger().id

    def place(self, group: ExamGroup, *persons: UUID, day: date | None = None) -> list[Placement]:
        """Place persons in a group, on its last day unless another is given."""
        entries = [(person, day or group.end_date) for person in persons]
        return place_students(actor=PROGRAM, group_id=group.id, entries=entries, today=TODAY)


def build_world() -> World:
    """Make the town, its teachers Karin and Tomas at Centrum and Eva at Kompaniet."""
    load_courses("MATMAT03b", "MATO1B00X", "PSKPSY01", "PSYPSY01", "ENGENG05")
    town = build_town()
    set_policy(
        actor=PROGRAM,
        organiser_id=town.organiser,
        key="requests_mail_to",
        value=MAIL,
        valid_from=FIRST,
    )
    for provider in (town.own, town.contracted):
        set_term_calendar(
            actor=PROGRAM,
            provider_id=provider,
            term=VT27,
            first_day=VT27_DAYS[0],
            last_day=VT27_DAYS[1],
        )
    units = {"Karin": town.centrum, "Tomas": town.centrum, "Eva": town.kompaniet}
    return World(town, {name: town.teacher(name, unit=unit).id for name, unit in units.items()})
