"""A town that has examined and graded, and machines that ask about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client

from provning.clients.rows import MadeClient
from provning.clients.scopes import CODES
from provning.courses.models import Course
from provning.exams.actions import create_exam_group, place_student
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import give_duty
from provning.people.models import Duty, Person
from tests import builders
from tests.builders import FIRST, HT26, PROGRAM, TODAY, Town
from tests.clients.making import EVERYTHING, bearer, make_client

BASE = "/api/ss12000/v2.0"
MOST_PAGES = 200
EXAM_DAY = date(2026, 11, 12)
COURSES = ("MATMAT03b", "ENGENG06", "PSKPSY01")
SECRET_WORDS = ("Hemlige", "Skyddsson", "hemlig@example.se")


@dataclass
class Scene:
    """The town, one group at each provider with a teacher and graded persons."""

    town: Town
    courses: dict[str, Course]
    groups: dict[UUID, ExamGroup] = field(default_factory=dict)
    teachers: dict[UUID, Person] = field(default_factory=dict)

    def group(self, unit: UUID, code: str = "MATMAT03b") -> ExamGroup:
        """Make a group at a unit with the unit's teacher."""
        return create_exam_group(
            actor=PROGRAM,
            unit_id=unit,
            course_id=self.courses[code].id,
            term=HT26,
            grading_teacher_id=self.teachers[unit].id,
            today=TODAY,
        )

    def place(self, group: ExamGroup, person: Person, day: date = EXAM_DAY) -> Placement:
        """Place a person."""
        return place_student(
            actor=PROGRAM, group_id=group.id, person_id=person.id, exam_date=day, today=TODAY
        )

    def decide(self, placement: Placement, value: str = "C") -> GradeDecision:
        """Let the group's teacher decide."""
        group = placement.group
        teacher = self.teachers[group.unit_id].id
        (decision,) = decide_grades(
            actor=builders.actor("grading_teacher", ScopeKind.OWN_GROUPS, group.unit_id, teacher),
            group_id=group.id,
            values={placement.id: value},
            submission=uuid4(),
            today=TODAY,
        )
        return decision


def build_scene() -> Scene:
    """Build the town with one grade at each provider and an ungraded placement at the own one."""
    town = builders.build_town()
    scene = Scene(town, builders.load_courses(*COURSES))
    for unit, provider in ((town.centrum, town.own), (town.kompaniet, town.contracted)):
        scene.teachers[unit] = town.teacher("Karin", unit=unit)
        group = scene.groups[unit] = scene.group(unit)
        person = town.person("Alva", "Bergqvist", at=provider)
        scene.decide(scene.place(group, person), "C")
    scene.place(scene.groups[town.centrum], town.person("Bo", "Ek"))
    return scene


def protected_everywhere(scene: Scene) -> Person:
    """Put a person with a protected identity, with a grade, and one on duty, into the scene."""
    town = scene.town
    person = town.person(SECRET_WORDS[0], SECRET_WORDS[1], protection="Skyddad folkbokföring")
    Person.objects.filter(pk=person.pk).update(email=SECRET_WORDS[2])
    scene.decide(scene.place(scene.groups[town.centrum], person), "A")
    give_duty(
        actor=PROGRAM,
        person_id=person.id,
        unit_id=town.centrum,
        role=Duty.Role.TEACHER,
        registered_teacher=True,
        subjects="MAT",
        start_date=FIRST,
    )
    return person


def settled() -> None:
    """Let PostgreSQL stamp what a test has written and never commits."""
    connection.check_constraints()


@dataclass
class Asker:
    """A machine with a token."""

    made: MadeClient
    data_classes: Iterable[str] = CODES

    def __post_init__(self) -> None:
        """Get a token."""
        self.client = Client(headers=bearer(self.made, self.data_classes))

    def get(self, path: str, **words: Any) -> Any:
        """Return the answer to a question, which has to be a good one."""
        response = self.client.get(f"{BASE}/{path}", words)
        assert response.status_code == 200, response.content
        return response.json()

    def everything(self, path: str, **words: Any) -> list[dict[str, Any]]:
        """Return every thing of a list, page by page."""
        return [each for page in self.pages(path, **words) for each in page]

    def pages(self, path: str, **words: Any) -> Iterator[Any]:
        """Return what each page of a list holds."""
        token = words.pop("pageToken", "")
        for _page in range(MOST_PAGES):
            more = {"pageToken": token} if token else {}
            page = self.get(path, **words, **more)
            yield page["data"]
            token = page["pageToken"]
            if not token:
                return
        raise AssertionError("the list has no end")

    def ids(self, path: str, **words: Any) -> set[str]:
        """Return the ids of a list."""
        return {each["id"] for each in self.everything(path, **words)}

    def status(self, path: str, **words: Any) -> int:
        """Return the status of the answer to a question."""
        return int(self.client.get(f"{BASE}/{path}", words).status_code)

    def post(self, path: str, body: Any, **words: Any) -> Any:
        """Send a body."""
        query = f"?{'&'.join(f'{name}={value}' for name, value in words.items())}" if words else ""
        return self.client.post(f"{BASE}/{path}{query}", body, content_type="application/json")


def asker(
    *reach: Scope, protected: str = "marked", data_classes: Iterable[str] = CODES, **facts: Any
) -> Asker:
    """Return a machine that sees everything, or only some places."""
    chosen = list(data_classes)
    made = make_client(
        f"Klient {uuid4()}",
        reach=reach or (EVERYTHING,),
        protected_persons=protected,
        data_classes=chosen,
        calls_per_minute=facts.pop("calls_per_minute", 6000),
        **facts,
    )
    return Asker(made, chosen)
