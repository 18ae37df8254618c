"""A unit with decided grades, and the browsers of those who issue, prepare and look."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client

from provning.extracts.actions import issue_extract, run_extract_order
from provning.extracts.models import ExtractOrder
from provning.grading.models import GradeDecision
from provning.kernel.actors import Scope, ScopeKind
from provning.organisation.models import SchoolUnit
from provning.people.models import Person
from tests import builders
from tests.builders import TODAY
from tests.support.kept import kept
from tests.web.stage import Stage, build_stage

LIST = "/utdrag/"
ORDER = "/utdrag/bestall/"
DOCUMENT = re.compile(r'href="(/utdrag/[0-9a-f-]{36}/)"')


@dataclass
class Room:
    """The stage, one graded person, and the browsers."""

    stage: Stage
    person: Person
    rektor: Client

    @property
    def address(self) -> str:
        """Return the person's page of extracts."""
        return f"/utdrag/elev/{self.person.id}/"

    @property
    def decisions(self) -> list[str]:
        """Return the ids of the person's decisions."""
        found = GradeDecision.objects.filter(placement__person=self.person)
        return [str(key) for key in found.order_by("course_code").values_list("pk", flat=True)]

    def form(self, *decisions: str, **more: str) -> dict[str, object]:
        """Return the form that issues an extract of the decisions."""
        sent: dict[str, object] = {
            "submission": str(uuid4()),
            "issuer": str(self.stage.town.centrum),
            "decisions": list(decisions),
        }
        return sent | more

    def issue(self, *decisions: str, **more: str) -> str:
        """Issue an extract as rektor does, and return the page that follows."""
        sent = self.form(*(decisions or self.decisions), **more)
        return self.rektor.post(f"{self.address}utfarda/", sent, follow=True).content.decode()


def build_graded() -> tuple[Stage, Person]:
    """Build the town with a grade of Alva Bergqvist's at Komvux Centrum."""
    stage = build_stage()
    SchoolUnit.objects.filter(pk=stage.town.centrum).update(principal_name="Rut Rektor")
    person = stage.town.person("Alva", "Bergqvist")
    stage.decide(stage.place(person), "B")
    return stage, person


def build_issued() -> tuple[Stage, Person]:
    """Build the same, and let rektor issue an extract of the grade."""
    stage, person = build_graded()
    issue_extract(
        actor=builders.actor("principal", ScopeKind.UNIT, stage.town.centrum),
        person_id=person.id,
        decision_ids=list(GradeDecision.objects.values_list("pk", flat=True)),
        english=False,
        submission=uuid4(),
        today=TODAY,
    )
    return stage, person


graded = kept(build_graded)
issued = kept(build_issued)


@pytest.fixture
def room(graded: tuple[Stage, Person]) -> Room:
    """Return the town with the graded person, and its rektor."""
    stage, person = graded
    return Room(stage, person, principal(stage))


@pytest.fixture
def served(issued: tuple[Stage, Person]) -> Room:
    """Return the town where the person has an extract, and its rektor."""
    stage, person = issued
    return Room(stage, person, principal(stage))


def principal(stage: Stage, unit: UUID | None = None) -> Client:
    """Return the browser of a unit's rektor."""
    scope = Scope(ScopeKind.UNIT, unit or stage.town.centrum)
    client = Client()
    client.force_login(builders.account(f"rektor-{uuid4().hex[:6]}", "principal", scope))
    return client


def documents(html: str) -> list[str]:
    """Return the addresses of the documents on a page."""
    return DOCUMENT.findall(html)


def run_jobs() -> None:
    """Do what the worker does: every waiting order."""
    for order in ExtractOrder.objects.filter(status=ExtractOrder.Status.WAITING):
        run_extract_order(order_id=order.id, today=TODAY)
