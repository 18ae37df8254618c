"""Undo brings back what stood there, beside the grade too, and never goes over somebody else."""

from dataclasses import asdict
from typing import Any

from django.test import Client

from provning.audit.models import AuditEvent
from provning.grading.actions import save_draft
from provning.grading.models import GradeDraft
from provning.grading.rows import Particulars
from provning.kernel.actors import ScopeKind
from tests.builders import TODAY, actor
from tests.web.grades.conftest import Desk, drafts, placed, typed
from tests.web.integrity.visitor import Forms

BESIDE = Particulars(exception_used=True)


def save(client: Client, desk: Desk, **changes: str) -> str:
    """Type on the sheet and save; return the page that follows."""
    page = client.get(desk.sheet).content.decode()
    html: str = client.post(desk.sheet, typed(page, **changes), follow=True).content.decode()
    return html


def undo(client: Client, desk: Desk, html: str) -> Any:
    """Press the button of the message."""
    form = next(each for each in Forms(html).found if each.fields.get("do") == "undo")
    assert form.action == desk.sheet
    return client.post(form.action, form.fields, follow=True)


def with_exception(desk: Desk) -> None:
    """Let the first row have a C for which the exception was used."""
    teacher = actor(
        "grading_teacher", ScopeKind.OWN_GROUPS, desk.stage.town.centrum, desk.stage.teacher.id
    )
    save_draft(
        actor=teacher,
        placement_id=desk.placements[0].id,
        value="C",
        expected_version=0,
        particulars=BESIDE,
        today=TODAY,
    )


def beside(desk: Desk) -> Particulars:
    """Return what is stored beside the first row's grade."""
    draft = GradeDraft.objects.get(placement=desk.placements[0])
    return Particulars(**{name: getattr(draft, name) for name in asdict(BESIDE)})


def test_a_save_is_taken_back_as_one_act(desk: Desk) -> None:
    teacher = desk.teacher()
    save(teacher, desk, _0="A")
    html = save(teacher, desk, _0="B", _1="C")
    before = AuditEvent.objects.count()
    answer = undo(teacher, desk, html).content.decode()
    assert "Ångrat: 2 betyg som förut." in answer
    assert drafts() == placed(desk, "A", "", "-")
    assert AuditEvent.objects.count() == before + 1
    assert 'class="undo"' not in answer


def test_what_somebody_typed_meanwhile_stays(desk: Desk) -> None:
    teacher = desk.teacher()
    html = save(teacher, desk, _0="B", _1="C")
    save(desk.administrator(), desk, _1="F")
    answer = undo(teacher, desk, html)
    assert answer.status_code == 422
    assert "Lena Sandström skrev F" in answer.content.decode()
    assert drafts() == placed(desk, "B", "F", "-")


def test_what_is_decided_is_not_taken_back(desk: Desk) -> None:
    teacher = desk.teacher()
    html = save(teacher, desk, _0="B")
    desk.stage.decide(desk.placements[0], "B")
    assert undo(teacher, desk, html).status_code == 422
    assert drafts() == {}


def test_what_stood_beside_a_grade_comes_back_with_it(desk: Desk) -> None:
    with_exception(desk)
    teacher = desk.teacher()
    html = save(teacher, desk, _0="")
    assert beside(desk) == Particulars()
    undo(teacher, desk, html)
    assert drafts() == placed(desk, "C", "-", "-")
    assert beside(desk) == BESIDE


def test_it_comes_back_row_by_row_too_and_only_where_it_stood(desk: Desk) -> None:
    with_exception(desk)
    teacher, rows = desk.teacher(), f"{desk.sheet}rader/"
    first, second, _third = (each.id for each in desk.placements)
    taken = teacher.post(rows, {f"grade-{first}": "", f"version-{first}": "1"}).json()
    token = taken["rows"][str(first)]["before"]
    moved = {f"grade-{second}": "B", f"version-{second}": "0", f"before-{second}": token}
    teacher.post(rows, moved)
    assert GradeDraft.objects.get(placement=second).exception_used is False
    forged = {f"grade-{first}": "C", f"version-{first}": "2", f"before-{first}": f"{token}x"}
    teacher.post(rows, forged)
    assert beside(desk) == Particulars()
    back = {f"grade-{first}": "C", f"version-{first}": "3", f"before-{first}": token}
    teacher.post(rows, back)
    assert beside(desk) == BESIDE


def test_a_row_that_had_nothing_beside_it_has_nothing_to_bring_back(desk: Desk) -> None:
    teacher, key = desk.teacher(), desk.placements[0].id
    answer = teacher.post(f"{desk.sheet}rader/", {f"grade-{key}": "C", f"version-{key}": "0"})
    assert answer.json()["rows"][str(key)]["before"] == ""
