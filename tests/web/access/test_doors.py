"""Wherever a number can be typed: out of scope is as nobody's, and both stand in the log."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils.html import strip_tags

from provning.access.models import AccessEntry
from provning.organisation.actions import create_organiser, create_provider
from provning.people.models import Person
from tests.builders import HT26, PROGRAM
from tests.web.stage import Stage

Door = Callable[[Stage, str], Any]
REASON = "Skatteverket har meddelat det"


def elsewhere(stage: Stage) -> Person:
    """Register somebody with a huvudman of their own, whom nobody of the stage reaches."""
    organiser = create_organiser(
        actor=PROGRAM, name="Skogby", municipality_code="0198", municipality_name="Skogby"
    ).id
    provider = create_provider(
        actor=PROGRAM, organiser_id=organiser, name="Skogby komvux", kind="internal"
    ).id
    return stage.town.person("Okänd", "Annanstans", at=provider)


def search(stage: Stage, number: str) -> Any:
    return stage.client().post("/elever/", {"q": number}, follow=True)


def placing(stage: Stage, number: str) -> Any:
    return stage.client().post(f"/grupper/{stage.group.id}/placera/", {"numbers": number})


def searching_to_place(stage: Stage, number: str) -> Any:
    return stage.client().post(f"/grupper/{stage.group.id}/placera/", {"search": number})


def requesting(stage: Stage, number: str) -> Any:
    typed = {"given_name": "Kim", "family_name": "", "group": stage.group.id}
    typed |= {"exam_date": "2026-11-12", "submission": uuid4(), "identity_number": number}
    return stage.client().post("/begaran/ny/", typed, follow=True)


def ordering(stage: Stage, number: str) -> Any:
    typed = {"term": str(HT26), "unit": stage.town.centrum, "whom": "persons", "numbers": number}
    return stage.client("principal").post("/utdrag/bestall/", typed | {"submission": uuid4()})


def _edit(stage: Stage, act: str, number: str) -> Any:
    person = stage.town.person("Ada", "Egen")
    typed = {"do": act, "identity_number": number, "reason": REASON, "submission": uuid4()}
    version = {"expected_version": person.version}
    client = stage.client("adult_education_centre")
    return client.post(f"/elever/{person.id}/personuppgifter/", typed | version, follow=True)


def merging(stage: Stage, number: str) -> Any:
    return _edit(stage, "merge", number)


def renumbering(stage: Stage, number: str) -> Any:
    return _edit(stage, "number", number)


def examining(stage: Stage, number: str) -> Any:
    typed = {"identity_number": number, "reason": REASON, "log": "access"}
    return stage.client("principal").post("/atkomst/sok/", typed)


DOORS: tuple[Door, ...] = (
    search,
    placing,
    searching_to_place,
    requesting,
    ordering,
    merging,
    renumbering,
    examining,
)


def said(door: Door, stage: Stage, number: str) -> str:
    """Return the words of the answer without numbers, however they are written."""
    text = strip_tags(door(stage, number).content.decode().partition("<main")[2])
    text = re.sub(r"konto-[0-9a-f]{8}", "kontot", text, flags=re.IGNORECASE)
    return " ".join(re.sub(r"\d{8}-?\d{4}", "NUMRET", text).split())


@pytest.mark.parametrize("door", DOORS)
def test_a_number_out_of_scope_is_as_nobodys_and_is_logged(stage: Stage, door: Door) -> None:
    person, nobody = elsewhere(stage), next(stage.town.numbers)
    number = person.numbers.get().number
    before = said(door, stage, nobody)
    assert said(door, stage, number) == before
    assert "Annanstans" not in before
    found = AccessEntry.objects.filter(kind="search").order_by("pk")
    rows = list(found.values_list("person_id", "outside", "count"))
    assert rows == [(None, True, 0), (person.pk, True, 0)]
    assert number not in str(list(AccessEntry.objects.values_list()))


def test_the_logs_are_searched_by_number_for_a_reason_that_is_kept(stage: Stage) -> None:
    person = stage.town.person("Ada", "Egen")
    client, number = stage.client("principal"), person.numbers.get().number
    typed = {"identity_number": number, "log": "access", "reason": "x"}
    refused = client.post("/atkomst/sok/", typed)
    assert (refused.status_code, AccessEntry.objects.count()) == (422, 0)
    answers = [
        client.post("/atkomst/sok/", typed | {"reason": REASON, "log": log})["Location"]
        for log in ("access", "trail")
    ]
    assert answers == [
        f"/atkomst/{person.pk}/",
        f"/handelser/?kind=person&key={person.pk}",
    ]
    fields = ("kind", "person_id", "reason", "outside", "place")
    kept = [("search", person.pk, REASON, False, "access:find")] * 2
    assert list(AccessEntry.objects.values_list(*fields)) == kept
    nobody = typed | {"reason": REASON, "identity_number": next(stage.town.numbers)}
    answer = client.post("/atkomst/sok/", nobody)
    assert "Ingen som du får granska har det numret." in answer.content.decode()
    assert answer.status_code == 422
