"""Quotes, markup, signs, too much, half a character: kept exactly, or refused in words."""

import re

import pytest

from provning.grading.models import GradeDecision
from tests.builders import PASSWORD
from tests.web.grades.conftest import Desk, fill, placed, reviewed, typed
from tests.web.integrity.conftest import found, grades_in, stored
from tests.web.integrity.doors import DOORS, Door, row
from tests.web.integrity.visitor import FETCH, OURS, Visitor

DRAFTED, DECIDED = "grades_drafted", "grades_decided"
MANY = 100
TEN_MEGABYTES = "ö" * 5_000_000
SIGNS = """'"`;--\\ %s {value} {{ x }} <script>alert("1")</script> 🦉 ﷽ ʼn """
URLENCODED = "application/x-www-form-urlencoded"

each_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)


@each_door
def test_signs_are_no_grade_and_come_back_as_text(desk: Desk, door: Door) -> None:
    visitor, key = Visitor(desk.teacher()), desk.placements[0].id
    for value in ("'", '"><script>', "🦉", "{0}", "%s", "A'", "<q>A</q>", "A\u200b", "A;B"):
        answer = door(visitor, desk.group.id, key, value)
        assert answer.status_code == 422, value
        assert re.search("<(q|script)>", answer.content.decode()) is None
    assert found() == stored()


def test_a_reason_is_stored_sign_by_sign_and_shown_as_text(desk: Desk) -> None:
    teacher, principal = Visitor(desk.teacher()), Visitor(desk.principal())
    teacher.send(desk.sheet, typed(teacher.page(desk.sheet), _0="C"))
    sent = reviewed(principal.page(desk.review)) | {"ground": "hindered", "reason": SIGNS}
    refused = principal.send(desk.review, sent | {"password": "fel"})
    assert refused.status_code == 422
    assert "&lt;script&gt;" in refused.content.decode()
    assert "<script>alert" not in refused.content.decode()
    assert principal.send(desk.review, sent).status_code == 302
    assert GradeDecision.objects.get().reason == SIGNS.strip()
    assert found().decisions == placed(desk, "C", "-", "-")


def test_a_nul_is_refused_in_every_field_of_the_decision(desk: Desk) -> None:
    teacher, principal = Visitor(desk.teacher()), Visitor(desk.principal())
    teacher.send(desk.sheet, typed(teacher.page(desk.sheet), _0="C"))
    sent = reviewed(principal.page(desk.review)) | {"ground": "hindered", "reason": "Sjuk"}
    for name in sent:
        answer = principal.send(desk.review, sent | {name: f"{sent[name]}\x00"})
        assert answer.status_code == 422, name
    assert found() == stored(DRAFTED, drafts=placed(desk, "C", "-", "-"))
    assert principal.send(desk.review, sent).status_code == 302
    assert found() == stored(DRAFTED, DECIDED, decisions=placed(desk, "C", "-", "-"))


def test_a_nul_on_the_sheet_is_refused_and_the_rest_is_kept(desk: Desk) -> None:
    teacher = Visitor(desk.teacher())
    answer = teacher.send(desk.sheet, typed(teacher.page(desk.sheet), _0="\x00", _1="B"))
    assert answer.status_code == 422
    assert grades_in(answer.content.decode())[1] == "B"
    assert found() == stored()


@each_door
def test_ten_megabytes_of_text_are_answered_with_a_page_that_says_so(
    desk: Desk, door: Door
) -> None:
    answer = door(Visitor(desk.teacher()), desk.group.id, desk.placements[0].id, TEN_MEGABYTES)
    assert_too_much(answer)
    assert found() == stored()


def test_ten_megabytes_that_are_not_a_form_with_parts_are_refused_too(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    body = f"grade-{desk.placements[0].id}=A&x=".encode() + b"x" * 10_000_000
    assert_too_much(visitor.send_raw(desk.sheet, body, URLENCODED))
    assert found() == stored()


def test_a_request_past_the_limit_is_not_read_at_all(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    body = b"x" * 25_000_001
    assert_too_much(visitor.send_raw(desk.sheet, body, "multipart/form-data; boundary=x"))
    assert found() == stored()


def test_a_file_where_none_is_asked_for_is_left_unread(desk: Desk) -> None:
    visitor, key = Visitor(desk.teacher()), desk.placements[0].id
    with open("/dev/zero", "rb") as zeros:  # noqa: PTH123 # a file of nothing, read in part
        content = zeros.read(3_000_000)
    part = b'--x\r\nContent-Disposition: form-data; name="%s"; filename="a"\r\n\r\n'
    body = part % f"grade-{key}".encode() + content + b"\r\n--x--\r\n"
    answer = visitor.send_raw(desk.sheet, body, "multipart/form-data; boundary=x")
    assert answer.status_code == 302
    assert found() == stored()


def test_a_thousand_fields_that_nobody_asked_for_change_nothing(desk: Desk) -> None:
    fill(desk, MANY)
    teacher = Visitor(desk.teacher())
    sent = typed(teacher.page(desk.sheet), _0="A", _99="F")
    extra = {f"grade-{place:08x}": "A" for place in range(500)}
    extra |= {f"value-{place}": "A" for place in range(250)}
    extra |= dict.fromkeys(("actor", "decided_by", "state", "typed_by_name", "pk"), "1")
    answer = teacher.send(desk.sheet, sent | extra)
    assert answer.status_code == 302
    first, last = desk.placements[0].id, desk.placements[99].id
    assert found() == stored(DRAFTED, drafts={first: "A", last: "F"})


def test_more_fields_than_any_form_has_are_too_much(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    answer = visitor.send(desk.sheet, {f"x{place}": "A" for place in range(5001)})
    assert_too_much(answer)
    assert found() == stored()


@pytest.mark.parametrize("path", ["", "rader/", "granska/", "klistra-in/"])
def test_what_is_no_text_is_no_grade(desk: Desk, path: str) -> None:
    visitor, key = Visitor(desk.teacher()), desk.placements[0].id
    for bad in (b"%FF", b"\xff\xfe", b"%C3", b"%ED%A0%80", b"%F0%9F"):
        body = f"grade-{key}={{}}&text={{}}&value-{key}={{}}".encode().replace(b"{}", bad)
        answer = visitor.send_raw(f"{desk.sheet}{path}", body, URLENCODED)
        assert answer.status_code == (200 if path == "klistra-in/" else 422), bad
    assert found() == stored()


def test_a_missing_token_stores_nothing_and_what_was_typed_can_be_sent_again(desk: Desk) -> None:
    visitor = Visitor(desk.teacher())
    sent = typed(visitor.page(desk.sheet), _0="A")
    forged = visitor.client.post(desk.sheet, sent)
    assert forged.status_code == 403
    assert 'value="A"' not in forged.content.decode()
    late = visitor.client.post(desk.sheet, sent, headers=OURS)
    assert late.status_code == 403
    assert f'name="grade-{desk.placements[0].id}" value="A"' in late.content.decode()
    fetched = visitor.client.post(f"{desk.sheet}rader/", sent, headers=FETCH | OURS)
    assert fetched.status_code == 403
    review = {"password": PASSWORD, f"value-{desk.placements[0].id}": "A"}
    decided = visitor.client.post(desk.review, review, headers=OURS)
    assert decided.status_code == 403
    assert PASSWORD not in decided.content.decode()
    assert found() == stored()


def test_a_token_of_somebody_else_is_no_token(desk: Desk) -> None:
    visitor, other = Visitor(desk.teacher()), Visitor(desk.administrator())
    sent = row(desk.placements[0].id, "A") | {"csrfmiddlewaretoken": other.token}
    assert visitor.client.post(desk.sheet, sent).status_code == 403
    assert found() == stored()


def assert_too_much(answer: object) -> None:
    """Expect the page that says it was too much, in Swedish and with a way on."""
    assert getattr(answer, "status_code", 0) == 413
    html = getattr(answer, "content", b"").decode()
    assert "Det var för mycket på en gång" in html
    assert "Inget är sparat" in html
    assert len(html) < 20_000
