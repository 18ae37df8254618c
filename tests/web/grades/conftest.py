"""A group whose exam has taken place, and the browsers of those who grade it."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from provning.accounts.models import User
from provning.exams.actions import connect_co_teacher
from provning.exams.models import ExamGroup, Placement
from provning.grading.models import GradeDecision, GradeDraft
from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import link_account
from provning.people.models import Person
from tests import builders
from tests.builders import PASSWORD, PROGRAM, TODAY
from tests.support.kept import kept
from tests.web.grades.hands import Hands
from tests.web.profiles import Profiles
from tests.web.stage import Stage, build_stage

Sit = Callable[..., Hands]


@dataclass
class Desk:
    """The stage with three examinees in its group: Ahmadi, Berg and Öst."""

    stage: Stage
    placements: list[Placement] = field(default_factory=list)

    @property
    def group(self) -> ExamGroup:
        """Return the group that is graded."""
        return self.stage.group

    @property
    def sheet(self) -> str:
        """Return the address of the group's grade sheet."""
        return f"/betyg/{self.group.id}/"

    @property
    def review(self) -> str:
        """Return the address of the review."""
        return f"{self.sheet}granska/"

    def teacher(self) -> Client:
        """Sign the group's own teacher in."""
        scope = Scope(ScopeKind.OWN_GROUPS, self.stage.town.centrum)
        return signed_in("grading_teacher", scope, "Karin Wallgren", self.stage.teacher)

    def username(self, name: str) -> str:
        """Return what somebody who has signed in here signs in with."""
        return User.objects.get(name=name).username

    def administrator(self) -> Client:
        """Sign a Betygsadministratör in."""
        scope = Scope(ScopeKind.PROVIDER, self.stage.town.own)
        return signed_in("grade_administrator", scope, "Lena Sandström")

    def principal(self) -> Client:
        """Sign the unit's principal in."""
        scope = Scope(ScopeKind.UNIT, self.stage.town.centrum)
        person = self.stage.town.rektor()
        return signed_in("principal", scope, "Rut Hedin", person)


def signed_in(role: str, scope: Scope, name: str, person: Person | None = None) -> Client:
    """Return the browser of somebody with a role, who is the person when one is given."""
    username = f"{name.split(maxsplit=1)[0].lower()}-{uuid4().hex[:6]}"
    user = builders.account(username, role, scope)
    user.name = name
    user.save(update_fields=["name"])
    if person is not None:
        link_account(actor=PROGRAM, person_id=person.id, user_id=user.id)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def sit(desk: Desk, profiles: Profiles, live_server: LiveServer) -> Iterator[Sit]:
    """Return a maker of persons at the sheet in Chromium: `sit(desk.teacher())`."""
    address = live_server.url
    seated: list[Hands] = []
    with ExitStack() as opened:

        def down(client: Client, *, scripts: bool = True) -> Hands:
            context = opened.enter_context(profiles.one(address, scripts=scripts))
            seated.append(Hands(context, address, client, scripts=scripts))
            return seated[-1].open(desk.sheet)

        yield down
    assert [fault for each in seated for fault in each.faults] == []


def build_desk() -> Desk:
    """Build the stage and place the three."""
    stage = build_stage()
    persons = [
        stage.town.person(given, family)
        for given, family in (("Nilofar", "Ahmadi"), ("Alva", "Berg"), ("Per", "Öst"))
    ]
    return Desk(stage, [stage.place(person) for person in persons])


desk = kept(build_desk)


def typed(html: str, **changes: str) -> dict[str, str]:
    """Return the sheet's form as a browser would send it; a change is named by place: `_0="C"`."""
    table = html.partition('<table class="ledger fold entry"')[2]
    inputs = re.findall(r'name="((?:grade|version|seen)-[\w-]+)" value="([^"]*)"', table)
    sent = dict(inputs)
    grades = [name for name, _value in inputs if name.startswith("grade-")]
    return sent | {grades[int(place[1:])]: value for place, value in changes.items()}


def reviewed(html: str) -> dict[str, str]:
    """Return the review's form as a browser would send it, with the password typed."""
    name = r"submission|(?:value|answer|agree|version)-[\w-]+"
    fields = dict(re.findall(rf'name="({name})" value="([^"]*)"', html))
    return fields | {"password": PASSWORD}


def drafts() -> dict[UUID, str]:
    """Return the stored drafts by placement."""
    return dict(GradeDraft.objects.values_list("placement_id", "value"))


def decisions() -> dict[UUID, tuple[str, str, str]]:
    """Return value, decider and typist of the stored decisions by placement."""
    rows = GradeDecision.objects.values_list(
        "placement_id", "value", "decided_by_name", "registered_by_name"
    )
    return {key: (value, decided, typed_by) for key, value, decided, typed_by in rows}


def fill(desk: Desk, size: int) -> None:
    """Place more examinees on the desk's group until there are so many."""
    more = range(size - len(desk.placements))
    desk.placements += desk.stage.place_all(("Elev", f"Öz{place:03d}") for place in more)


def placed(desk: Desk, *values: str) -> dict[UUID, str]:
    """Return drafts as they are stored, in the order of the placements; "-" for none at all."""
    rows = zip(desk.placements, values, strict=True)
    return {each.id: value for each, value in rows if value != "-"}


@pytest.fixture
def other(desk: Desk) -> Person:
    """Let Tomas decide together with Karin."""
    tomas = desk.stage.town.teacher("Tomas")
    connect_co_teacher(
        actor=PROGRAM,
        group_id=desk.group.id,
        teacher_id=tomas.id,
        expected_version=desk.group.version,
        today=TODAY,
    )
    return tomas


@pytest.fixture
def tomas(desk: Desk, other: Person) -> Client:
    """Sign Tomas in."""
    scope = Scope(ScopeKind.OWN_GROUPS, desk.stage.town.centrum)
    return signed_in("grading_teacher", scope, "Tomas Wallgren", other)
