"""A town with a group and accounts, for tests that act through the screens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.test import Client

from provning.courses.models import Course
from provning.exams.actions import create_exam_group, place_student, place_students
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades
from provning.kernel.actors import Scope, ScopeKind
from provning.people.models import Person
from tests import builders
from tests.builders import HT26, PROGRAM, TODAY, Town

EXAM_DAY = date(2026, 11, 12)


@dataclass
class Stage:
    """The town, a group of the own-run provider and one of the contracted one."""

    town: Town
    courses: dict[str, Course]
    group: ExamGroup
    other_group: ExamGroup
    teacher: Person

    def client(self, role: str = "internal_provider") -> Client:
        """Return a signed-in browser: the own-run provider's staff unless another is asked for."""
        kinds = {
            "adult_education_centre": Scope(ScopeKind.ORGANISER, self.town.organiser),
            "system_administrator": Scope(ScopeKind.ORGANISER, self.town.organiser),
            "external_provider": Scope(ScopeKind.PROVIDER, self.town.contracted),
        }
        scope = kinds.get(role, Scope(ScopeKind.PROVIDER, self.town.own))
        client = Client()
        client.force_login(builders.account(f"konto-{uuid4().hex[:8]}", role, scope))
        return client

    def new_group(self, code: str, unit_id: UUID | None = None) -> ExamGroup:
        """Make another group of the term."""
        return create_exam_group(
            actor=PROGRAM,
            unit_id=unit_id or self.town.centrum,
            course_id=self.courses[code].id,
            term=HT26,
            today=TODAY,
        )

    def place(
        self, person: Person, group: ExamGroup | None = None, day: date = EXAM_DAY
    ) -> Placement:
        """Place a person as a program does."""
        return place_student(
            actor=PROGRAM,
            group_id=(group or self.group).id,
            person_id=person.id,
            exam_date=day,
            today=TODAY,
        )

    def decide(self, placement: Placement, value: str) -> None:
        """Let the group's teacher decide a grade."""
        self._decide([placement], value)

    def grade_all(self, names: Iterable[tuple[str, str]], value: str = "C") -> None:
        """Register several by given and family name, and decide one grade for them all at once."""
        if placed := self.place_all(names):
            self._decide(placed, value)

    def place_all(self, names: Iterable[tuple[str, str]]) -> list[Placement]:
        """Register several by given and family name, and place them all at once."""
        days = [(each.id, EXAM_DAY) for each in self.town.persons(names)]
        if not days:
            return []
        return place_students(actor=PROGRAM, group_id=self.group.id, entries=days, today=TODAY)

    def _decide(self, placements: Sequence[Placement], value: str) -> None:
        teacher = builders.actor(
            "grading_teacher", ScopeKind.OWN_GROUPS, self.town.centrum, self.teacher.id
        )
        decide_grades(
            actor=teacher,
            group_id=placements[0].group_id,
            values={each.id: value for each in placements},
            submission=uuid4(),
            today=TODAY,
        )


CODES = ("MATMAT03b", "ENGENG06", "PSKPSY01")


def build_stage() -> Stage:
    """Build everything through the actions."""
    town, courses = builders.build_town(), builders.load_courses(*CODES)
    teacher = town.teacher()
    own, other = (
        create_exam_group(
            actor=PROGRAM,
            unit_id=unit_id,
            course_id=courses[CODES[0]].id,
            term=HT26,
            grading_teacher_id=teacher_id,
            today=TODAY,
        )
        for unit_id, teacher_id in ((town.centrum, teacher.id), (town.kompaniet, None))
    )
    return Stage(town, courses, own, other, teacher)


def build_graded_stage() -> Stage:
    """Build everything, with a B of Alva Bergqvist's decided in the own-run group."""
    stage = build_stage()
    stage.decide(stage.place(stage.town.person("Alva", "Bergqvist")), "B")
    return stage
