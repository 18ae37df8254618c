"""Extracts for many: ordered once, issued one by one, gone on with when the job has died."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoAssertNumQueries

from provning.audit.models import AuditEvent
from provning.extracts.actions import Wanted, order_extracts, resume_order, run_extract_order
from provning.extracts.actions.issuing import issue_with
from provning.extracts.actions.running import WENT_WRONG
from provning.extracts.content import from_json
from provning.extracts.models import Extract, ExtractOrder, ExtractOrderLine
from provning.extracts.queries import order_documents, order_for, order_lines, orders_for
from provning.extracts.rules import deceased_person
from provning.extracts.tasks import issue_ordered_extracts
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.people.models import Person
from tests.builders import recorded
from tests.extracts.test_issuing import codes, without
from tests.extracts.world import ISSUED, Office, grade, home_municipality_issues, office
from tests.grading import world
from tests.grading.world import HT26

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(minutes=6)
LINE_QUERIES = 2
ISSUE = "provning.extracts.actions.running.issue_with"


def order(
    at: Office,
    wanted: Wanted | None = None,
    *,
    actor: Actor | None = None,
    submission: UUID | None = None,
    with_fails: bool = False,
) -> ExtractOrder:
    return order_extracts(
        actor=actor or at.rektor,
        unit_id=at.unit.pk,
        wanted=wanted or Wanted(term=HT26),
        with_fails=with_fails,
        submission=submission or uuid4(),
        today=ISSUED,
    )


def run(ordered: ExtractOrder) -> ExtractOrder:
    finished = run_extract_order(order_id=ordered.pk, today=ISSUED)
    assert finished is not None
    return finished


def graded(at: Office, names: Collection[str]) -> list[Person]:
    examinees = [world.person("Kim", name) for name in names]
    for each in examinees:
        grade(at, each)
    return examinees


def outcome(at: Office, ordered: ExtractOrder) -> list[tuple[str, str, str]]:
    return [
        (row.person.family_name, row.status, row.message)
        for row in order_lines(at.rektor, ordered.pk)
    ]


def test_everybody_graded_in_a_term_gets_one_extract_of_everything(at: Office) -> None:
    examinees = graded(at, ["Östlund", "Berg", "Åkesson"])
    grade(at, examinees[0], "A", of=world.course("ENGENG06", "Engelska 6"))
    ordered = order(at)
    waiting = order_for(at.rektor, ordered.pk)

    run(ordered)

    assert outcome(at, ordered) == [
        ("Berg", "issued", ""),
        ("Åkesson", "issued", ""),
        ("Östlund", "issued", ""),
    ]
    held = [len(from_json(each.content).lines) for each in Extract.objects.order_by("issued_at")]
    assert held == [1, 1, 2]
    done = order_for(at.rektor, ordered.pk)
    assert (waiting.progress.waiting, waiting.finished) == (3, False)
    assert (done.progress.issued, done.progress.waiting, done.finished) == (3, 0, True)


def test_only_who_was_graded_in_the_group_is_in_its_order() -> None:
    at, bo = office(), world.person("Bo", "Annanstans")
    graded(at, ["Berg"])
    grade(at, bo, of=world.course("ENGENG06", "Engelska 6"))
    group = world.place(world.group(at.unit, None, number=3), world.person("Ej", "Betygsatt")).group
    placed = Person.objects.get(family_name="Berg").placements.get().group

    assert outcome(at, order(at, Wanted(group_id=placed.pk))) == [("Berg", "waiting", "")]
    with pytest.raises(ProblemsFoundError) as refusal:
        order(at, Wanted(group_id=group.pk))
    assert codes(refusal) == ["extract-order-empty"]


def test_named_persons_are_ordered_for_and_strangers_are_not_found(at: Office) -> None:
    ada, bo = graded(at, ["Berg", "Ceder"])
    stranger = world.person("Ej", "Inskriven")
    grade(at, world.person("Ej", "Vald"))

    ordered = order(at, Wanted(person_ids=[ada.pk, bo.pk]))

    assert [each[0] for each in outcome(at, ordered)] == ["Berg", "Ceder"]
    with pytest.raises(NotFoundError):
        order(at, Wanted(person_ids=[ada.pk, stranger.pk]))


def test_fails_are_left_out_unless_they_are_asked_for() -> None:
    at, ada = office(), world.person("Ada", "Underkänd")
    grade(at, ada, "F")

    first, second = order(at), order(at, with_fails=True)
    run(first)
    run(second)

    assert outcome(at, first) == [
        ("Underkänd", "refused", "Inget betyg att ta med med de val som gjordes.")
    ]
    assert outcome(at, second) == [("Underkänd", "issued", "")]


def test_one_persons_refusal_keeps_nobody_else_from_theirs(at: Office) -> None:
    graded(at, ["王", "Berg"])
    ordered = order(at)
    run(ordered)

    [berg, wang] = outcome(at, ordered)
    assert berg == ("Berg", "issued", "")
    assert wang[:2] == ("王", "refused")
    assert wang[2].startswith("Utdraget, efternamnet: ”王”")


def test_the_same_form_twice_is_one_order(at: Office) -> None:
    graded(at, ["Berg"])
    submission = uuid4()

    made = {order(at, submission=submission).pk for _click in range(2)}

    assert (len(made), ExtractOrder.objects.count()) == (1, 1)
    with pytest.raises(ProblemsFoundError) as refusal:
        order(at, submission=submission, actor=world.principal(at.unit))
    assert codes(refusal) == ["extract-form-used"]


def test_an_order_is_run_once(at: Office) -> None:
    graded(at, ["Berg"])
    ordered = order(at)
    run(ordered)

    assert run_extract_order(order_id=ordered.pk, today=ISSUED) is None
    assert Extract.objects.count() == 1


def test_a_job_that_died_goes_on_with_those_who_remain(
    monkeypatch: pytest.MonkeyPatch, at: Office
) -> None:
    graded(at, ["Berg", "Ceder"])
    ordered = order(at)

    def stopped_at_the_second(*args: Any, **kwargs: Any) -> Extract:
        if Extract.objects.exists():
            raise KeyboardInterrupt
        return issue_with(*args, **kwargs)

    monkeypatch.setattr(ISSUE, stopped_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(ordered)
    monkeypatch.undo()
    assert outcome(at, ordered) == [("Berg", "issued", ""), ("Ceder", "waiting", "")]
    assert not order_for(at.rektor, ordered.pk).stalled
    first = Extract.objects.get()
    ExtractOrder.objects.update(progress_at=datetime.now(UTC) - LONG_AGO)
    assert order_for(at.rektor, ordered.pk).stalled

    with recorded() as events:
        again = resume_order(actor=at.rektor, order_id=ordered.pk, today=ISSUED)
    jobs = DBTaskResult.objects.filter(task_path=issue_ordered_extracts.module_path)
    asked = [str(ordered.pk), ISSUED.isoformat()]
    assert [each.args_kwargs["args"] for each in jobs] == [asked] * 2
    assert events == ["extracts_ordered"]
    run(again)

    assert outcome(at, ordered) == [("Berg", "issued", ""), ("Ceder", "issued", "")]
    assert ExtractOrderLine.objects.get(extract=first).person.family_name == "Berg"


def test_a_fault_costs_one_person_their_extract_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, at: Office
) -> None:
    graded(at, ["Berg", "Ceder"])
    ordered = order(at)

    def broken_at_first(*args: Any, **kwargs: Any) -> Extract:
        if not caplog.records:
            raise ZeroDivisionError
        return issue_with(*args, **kwargs)

    monkeypatch.setattr(ISSUE, broken_at_first)
    run(ordered)

    assert outcome(at, ordered) == [
        ("Berg", "refused", WENT_WRONG),
        ("Ceder", "issued", ""),
    ]
    assert [record.exc_info[0] for record in caplog.records if record.exc_info] == [
        ZeroDivisionError
    ]


def test_a_job_that_lives_or_is_done_is_left_alone(at: Office) -> None:
    graded(at, ["Berg"])
    ordered = order(at)
    events = AuditEvent.objects.count()

    assert resume_order(actor=at.rektor, order_id=ordered.pk, today=ISSUED).status == "waiting"
    run(ordered)
    assert resume_order(actor=at.rektor, order_id=ordered.pk, today=ISSUED).status == "done"
    assert AuditEvent.objects.count() == events + 2


def test_a_protected_person_is_issued_for_only_when_the_orderer_may_see_them() -> None:
    at, siv = office(), world.person("Siv", "Hemlig", protected=True)
    grade(at, siv)
    blind = order(at, actor=without(at.rektor, Permission.VIEW_PROTECTED))
    run(blind)
    run(order(at))

    [line] = order_lines(at.rektor, blind.pk)
    assert (line.status, line.extract_id) == ("refused", None)
    assert line.message.startswith("Personen har skyddad identitet.")
    [extract] = Extract.objects.all()
    assert extract.person == siv


def test_protected_persons_are_last_and_not_among_the_documents_handed_out_together() -> None:
    at, siv = office(), world.person("Siv", "Aa-Hemlig", protected=True)
    grade(at, siv)
    graded(at, ["Berg"])
    ordered = order(at)
    run(ordered)

    assert [each[0] for each in outcome(at, ordered)] == ["Berg", "Aa-Hemlig"]
    handed_out = list(order_documents(at.rektor, ordered.pk))
    assert [line.person.family_name for line, _document in handed_out] == ["Berg"]
    assert handed_out[0][1].content.startswith(b"%PDF")


def test_where_the_home_municipality_issues_it_orders_for_every_unit(at: Office) -> None:
    [ada] = graded(at, ["Berg"])
    grade(at, ada, "A", unit=at.town.other_unit)
    home_municipality_issues(at)

    with pytest.raises(ProblemsFoundError) as refusal:
        order(at)
    ordered = order(at, actor=at.centre)
    run(ordered)

    assert codes(refusal) == ["extract-issued-by-organiser"]
    lines = from_json(Extract.objects.get().content).lines
    assert sorted(line.grade for line in lines) == ["A", "C"]
    assert orders_for(at.rektor) == []
    assert [row.id for row in orders_for(at.centre)] == [ordered.pk]


def test_the_deceased_are_left_out_with_the_day_and_what_to_do(at: Office) -> None:
    dead, _ = graded(at, ["Berg", "Ceder"])
    Person.objects.filter(pk=dead.pk).update(status="Avliden", status_on=ISSUED)
    ordered = order(at)
    run(ordered)

    message = deceased_person(ISSUED).text
    assert outcome(at, ordered) == [("Berg", "refused", message), ("Ceder", "issued", "")]


def test_another_units_order_does_not_exist(at: Office) -> None:
    graded(at, ["Berg"])
    ordered = order(at)
    run(ordered)

    assert orders_for(at.other_rektor) == []
    assert order_lines(at.other_rektor, ordered.pk) == []
    assert list(order_documents(at.other_rektor, ordered.pk)) == []
    with pytest.raises(NotFoundError):
        order_for(at.other_rektor, ordered.pk)
    with pytest.raises(NotFoundError):
        resume_order(actor=at.other_rektor, order_id=ordered.pk, today=ISSUED)
    with pytest.raises(NotFoundError):
        order(at, actor=at.other_rektor)


def test_one_event_for_the_order_and_one_for_its_end_besides_the_extracts(at: Office) -> None:
    graded(at, ["Berg", "Ceder"])
    before = AuditEvent.objects.count()
    run(order(at))

    events = AuditEvent.objects.order_by("number")[before:]
    assert [each.name for each in events] == [
        "extracts_ordered",
        "extract_issued",
        "extract_issued",
        "extract_order_finished",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_worker_issues_what_was_ordered(at: Office) -> None:
    graded(at, ["Berg", "Ceder"])
    ordered = order(at)
    call_command("db_worker", batch=True, interval=0, verbosity=0)

    assert outcome(at, ordered) == [("Berg", "issued", ""), ("Ceder", "issued", "")]
    assert order_for(at.rektor, ordered.pk).finished


@pytest.mark.parametrize("size", [1, 30])
def test_the_lines_are_read_in_two_queries(
    size: int, django_assert_num_queries: DjangoAssertNumQueries, at: Office
) -> None:
    ordered = ExtractOrder.objects.get(pk=_ordered_for(at, size))

    with django_assert_num_queries(LINE_QUERIES):
        assert len(order_lines(at.rektor, ordered.pk)) == size


def _ordered_for(at: Office, size: int) -> UUID:
    graded(at, [f"Namn{number}" for number in range(size)])
    return order(at).pk
