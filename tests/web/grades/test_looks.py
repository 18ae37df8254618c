"""The screens around a decision for whoever sees, listens or has a narrow window."""

import pytest
from django.test import Client

from tests.web.browser import faults_in_every_look
from tests.web.grades.conftest import Desk, Sit
from tests.web.grades.together import disagreeing, save

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_screen_around_a_decision_has_faults_in_any_theme_or_width(
    desk: Desk, sit: Sit, tomas: Client
) -> None:
    karin = desk.teacher()
    disagreeing(desk, tomas, karin)
    save(karin, desk, _1="D")
    first, second, third = (placement.id for placement in desk.placements)
    screens = {
        "the teacher's review": (karin, desk.review),
        "rektor's review": (desk.principal(), desk.review),
        "one person": (karin, f"/betyg/elev/{second}/"),
        "one person in dispute": (karin, f"/betyg/elev/{first}/"),
        "outcome": (karin, f"/betyg/elev/{third}/utfall/"),
        "due": (karin, "/betyg/att-satta/"),
        "teachers": (desk.stage.client(), f"/grupper/{desk.group.id}/larare/"),
    }
    faults: dict[str, object] = {}
    hands = sit(karin)
    for name, (client, path) in screens.items():
        hands.signed_in_as(client)
        hands.open(path)
        faults[name] = faults_in_every_look(hands.page)
    assert {page: fault for page, fault in faults.items() if fault} == {}
