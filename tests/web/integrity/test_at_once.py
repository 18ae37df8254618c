"""Two people at the very same time, each with a connection and a transaction of their own."""

from typing import Any

import pytest
from django.test import Client

from tests.exams.threads import at_once
from tests.web.grades.conftest import Desk, placed, reviewed, typed
from tests.web.integrity.conftest import found, stored
from tests.web.integrity.visitor import FETCH, Visitor

pytestmark = pytest.mark.django_db(transaction=True)
DRAFTED, DECIDED = "grades_drafted", "grades_decided"
ROUNDS = 2


def status(client: Visitor, path: str, sent: dict[str, str], **more: Any) -> int:
    """Send a form and return the status of the answer."""
    code: int = client.send(path, sent, **more).status_code
    return code


def ready(client: Client, path: str) -> tuple[Visitor, str]:
    """Let somebody open a page."""
    visitor = Visitor(client)
    return visitor, visitor.page(path)


def test_of_two_first_saves_one_is_kept_whole_and_the_other_is_told(desk: Desk) -> None:
    karin, page = ready(desk.teacher(), desk.sheet)
    lena, _page = ready(desk.administrator(), desk.sheet)
    hers, theirs = typed(page, _0="A", _1="B", _2="C"), typed(page, _0="D", _1="E", _2="F")
    answers = at_once(
        lambda: status(karin, desk.sheet, hers), lambda: status(lena, desk.sheet, theirs)
    )
    values = {(302, 422): "ABC", (422, 302): "DEF"}[tuple(answers)]  # type: ignore[index] # an error in a thread is no key
    assert found() == stored(DRAFTED, drafts=placed(desk, *values))


def test_of_two_first_saves_of_one_row_one_is_kept(desk: Desk) -> None:
    karin, lena = Visitor(desk.teacher()), Visitor(desk.administrator())
    assert karin.token
    assert lena.token
    key, rows = desk.placements[0].id, f"{desk.sheet}rader/"
    sent = [{f"grade-{key}": value, f"version-{key}": "0"} for value in "AB"]
    answers = at_once(
        lambda: status(karin, rows, sent[0], headers=FETCH),
        lambda: status(lena, rows, sent[1], headers=FETCH),
    )
    value = {(200, 422): "A", (422, 200): "B"}[tuple(answers)]  # type: ignore[index] # as above
    assert found() == stored(DRAFTED, drafts=placed(desk, value, "-", "-"))


def test_a_decision_clicked_twice_at_once_is_made_once(desk: Desk) -> None:
    teacher, page = ready(desk.teacher(), desk.sheet)
    teacher.send(desk.sheet, typed(page, _0="A", _1="B"))
    sent = reviewed(teacher.page(desk.review))
    answers = at_once(*[lambda: status(teacher, desk.review, sent)] * ROUNDS)
    assert answers == [302] * ROUNDS
    assert found() == stored(DRAFTED, DECIDED, decisions=placed(desk, "A", "B", "-"))


def test_a_grade_typed_while_it_is_decided_is_never_half_of_each(desk: Desk) -> None:
    teacher, page = ready(desk.teacher(), desk.sheet)
    teacher.send(desk.sheet, typed(page, _0="A"))
    sent = reviewed(teacher.page(desk.review))
    lena, page = ready(desk.administrator(), desk.sheet)
    answers = at_once(
        lambda: status(teacher, desk.review, sent),
        lambda: status(lena, desk.sheet, typed(page, _0="F")),
    )
    decided = stored(DRAFTED, DECIDED, decisions=placed(desk, "A", "-", "-"))
    changed = stored(DRAFTED, DRAFTED, drafts=placed(desk, "F", "-", "-"))
    assert found() == {(302, 422): decided, (422, 302): changed}[tuple(answers)]  # type: ignore[index] # as above
