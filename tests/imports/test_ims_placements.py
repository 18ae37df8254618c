"""Placements brought in from another system's snapshot."""

from datetime import UTC, datetime

import pytest

from provning.exams.models import ExamGroup, Placement
from provning.feeds.actions import learn_identities
from tests.builders import PROGRAM
from tests.exams.world import World
from tests.imports.test_placements import DAY, number_of
from tests.imports.world import Desk, codes, verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.town)


@pytest.fixture
def group(world: World) -> ExamGroup:
    return world.group(teacher="Karin")


def test_a_snapshots_learners_are_placed_and_the_rest_is_told(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    kim, bo, ada = world.person(), world.person("Bo", "Ask"), world.person("Ada", "Berg")
    learn_identities(
        actor=PROGRAM,
        organiser_id=desk.town.organiser,
        source_system="Ping Pong",
        persons=[("a", ada), ("s", world.stranger())],
        now=datetime(2026, 8, 1, tzinfo=UTC),
    )
    content = (
        "<enterprise>"
        + ims_person("k", number_of(kim))
        + ims_person("b", number_of(bo))
        + "".join(ims_person(key, "") for key in "xas")
        + ims_group("g", group.name)
        + ims_group("o", "MA1B")
        + "<membership><sourcedid><id>g</id></sourcedid>"
        + ims_member("k", "01", "2026-11-12", "2026-11-12")
        + ims_member("b", "01", "2026-11-12", "2026-11-13")
        + "".join(ims_member(key, "01", "2026-11-12", "2026-11-12") for key in "xas")
        + ims_member("b", "02", "2026-11-12", "2026-11-12")
        + "</membership><membership><sourcedid><id>o</id></sourcedid>"
        + ims_member("k", "01", "2026-11-12", "2026-11-12")
        + "</membership></enterprise>"
    )
    staged = desk.upload((), kind="ims_placements", actor=desk.town.admin, content=content.encode())
    assert verdicts(staged) == ["new", "refused", "refused", "new", "refused", "refused"]
    assert codes(staged) == [
        [],
        ["import-two-dates"],
        ["external-unknown"],
        [],
        ["external-unknown"],
        ["group-name-prefix-missing"],
    ]
    desk.commit(staged, leave_out=True, actor=desk.town.admin)
    found = Placement.objects.values_list("person_id", "exam_date", "group_id")
    assert set(found) == {(kim, DAY, group.pk), (ada, DAY, group.pk)}


def ims_person(key: str, number: str) -> str:
    return (
        f"<person><sourcedid><id>{key}</id></sourcedid>"
        f'<userid useridtype="PID">{number}</userid></person>'
    )


def ims_group(key: str, name: str) -> str:
    return (
        f"<group><sourcedid><id>{key}</id></sourcedid>"
        f"<description><short>{name}</short></description></group>"
    )


def ims_member(key: str, role: str, begin: str, end: str) -> str:
    return (
        f'<member><sourcedid><id>{key}</id></sourcedid><idtype>1</idtype><role roletype="{role}">'
        f"<timeframe><begin>{begin}</begin><end>{end}</end></timeframe></role></member>"
    )
