"""A row that is merged into another is gone, and what it had is the kept person's."""

import pytest

from provning.exams.models import Placement
from provning.people.actions import merge_persons, part_persons
from tests.api.ss12000.world import Asker, Scene, asker, settled
from tests.builders import PROGRAM

pytestmark = pytest.mark.django_db
BEFORE = "2020-01-01T00:00:00Z"


def gone(machine: Asker) -> list[str]:
    found: list[str] = machine.get("deletedEntities", after=BEFORE)["data"].get("persons", [])
    return found


def test_a_merged_row_is_deleted_and_everything_of_it_the_kept_ones(scene: Scene) -> None:
    town, machine = scene.town, asker()
    placed = Placement.objects.filter(group=scene.groups[town.centrum], person__given_name="Alva")
    other = placed.get().person
    kept = town.person("Alva", "Bergqvist", at=town.contracted)
    merge_persons(actor=PROGRAM, kept_id=kept.pk, merged_id=other.pk)
    settled()
    assert gone(machine) == [str(other.pk)]
    assert machine.status(f"persons/{other.pk}") == 404
    assert str(other.pk) not in machine.ids("persons")
    assert len(machine.get(f"persons/{kept.pk}")["enrolments"]) == 2
    (grade,) = machine.get("grades", student=kept.pk)["data"]
    (plan,) = machine.get("studyplans", student=kept.pk)["data"]
    group = machine.get(f"groups/{scene.groups[town.centrum].pk}")
    members = [each["person"]["id"] for each in group["groupMemberships"]]
    assert [grade["student"]["id"], plan["student"]["id"]] == [str(kept.pk)] * 2
    assert (str(kept.pk) in members, str(other.pk) in members) == (True, False)

    part_persons(actor=PROGRAM, kept_id=kept.pk, merged_id=other.pk)
    settled()
    assert (gone(machine), machine.status(f"persons/{other.pk}")) == ([], 200)
    assert machine.get("grades", student=kept.pk)["data"] == []
