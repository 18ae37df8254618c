"""An ordered catalogue: one job, whose state everybody finds again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from provning.audit.models import AuditEvent
from provning.catalogues.actions import build_catalogue, order_catalogue, run_catalogue_order
from provning.catalogues.models import CatalogueOrder, GradeCatalogue
from provning.catalogues.queries import latest_order, order_for
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.kernel.terms import Term
from tests.catalogues.world import Graded, graded_group
from tests.grading import world
from tests.grading.test_concurrency import at_once
from tests.grading.world import AFTER_TERM, HT26


def order(
    graded: Graded,
    *,
    actor: Actor | None = None,
    submission: UUID | None = None,
    term: Term = HT26,
    teacher_id: UUID | None = None,
) -> CatalogueOrder:
    return order_catalogue(
        actor=actor or graded.maker,
        unit_id=graded.town.unit.pk,
        term=term,
        submission=submission or uuid4(),
        today=AFTER_TERM,
        teacher_id=teacher_id,
    )


@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_was_ordered(graded: Graded) -> None:
    ordered = order(graded)

    waiting = latest_order(graded.maker, unit_id=graded.town.unit.pk, term=HT26)
    assert waiting is not None
    assert (waiting.id, waiting.status, waiting.finished) == (ordered.pk, "waiting", False)
    call_command("db_worker", batch=True, interval=0, verbosity=0)

    done = order_for(graded.maker, ordered.pk)
    assert (done.status, done.finished) == ("done", True)
    assert done.message == "Katalogen är skriven: BK-12345678-HT26-1."
    made = GradeCatalogue.objects.get()
    assert made.made_by_name == "Adam Administratör"
    assert [event.name for event in AuditEvent.objects.order_by("number")][1:] == [
        "catalogue_ordered",
        "catalogue_made",
        "catalogue_order_finished",
    ]


@pytest.mark.django_db
def test_a_second_order_while_the_first_waits_is_the_same_order(graded: Graded) -> None:
    submission = uuid4()

    orders = {
        order(graded, submission=submission).pk,
        order(graded, submission=submission).pk,
        order(graded).pk,
    }

    assert len(orders) == DBTaskResult.objects.count() == 1


@pytest.mark.django_db
def test_the_same_form_after_the_job_is_done_orders_nothing_new(graded: Graded) -> None:
    submission = uuid4()
    first = order(graded, submission=submission)
    run_catalogue_order(order_id=first.pk, today=AFTER_TERM)

    assert order(graded, submission=submission).pk == first.pk
    assert order(graded).pk != first.pk


@pytest.mark.django_db
def test_a_form_is_not_used_for_another_term(graded: Graded) -> None:
    submission = uuid4()
    order(graded, submission=submission)

    with pytest.raises(ProblemsFoundError) as caught:
        order(graded, submission=submission, term=HT26.next())

    assert [each.code for each in caught.value.problems] == ["catalogue-form-used"]


@pytest.mark.django_db
def test_one_teachers_own_catalogue_is_ordered_by_itself(graded: Graded) -> None:
    teacher = graded.teacher_person.pk
    first = order(graded, teacher_id=teacher)

    assert order(graded, teacher_id=teacher).pk == first.pk
    with pytest.raises(ProblemsFoundError) as caught:
        order(graded)
    assert [each.code for each in caught.value.problems] == ["catalogue-another-under-way"]
    finished = run_catalogue_order(order_id=first.pk, today=AFTER_TERM)
    assert finished is not None
    assert finished.message == "Katalogen är skriven: BK-12345678-HT26-L1-1."
    with pytest.raises(NotFoundError):
        order(graded, teacher_id=uuid4())


@pytest.mark.django_db
def test_an_order_is_run_once_however_often_it_is_handed_out() -> None:
    ordered = order(graded_group([world.person()]))

    first = run_catalogue_order(order_id=ordered.pk, today=AFTER_TERM)

    assert first is not None
    assert run_catalogue_order(order_id=ordered.pk, today=AFTER_TERM) is None


@pytest.mark.django_db
def test_nothing_new_is_said_so(graded: Graded) -> None:
    for message in (
        "Katalogen är skriven: BK-12345678-HT26-1.",
        "Inget har ändrats sedan den senaste versionen: BK-12345678-HT26-1.",
    ):
        finished = run_catalogue_order(order_id=order(graded).pk, today=AFTER_TERM)
        assert finished is not None
        assert finished.message == message


@pytest.mark.django_db
def test_the_outcome_does_not_give_away_that_somebody_is_protected() -> None:
    graded = graded_group([world.person(), world.person("Siv", "Hemlig", protected=True)])

    finished = run_catalogue_order(order_id=order(graded).pk, today=AFTER_TERM)

    assert finished is not None
    assert finished.message == "Katalogen är skriven: BK-12345678-HT26-1."
    assert GradeCatalogue.objects.count() == 2


@pytest.mark.django_db
def test_what_cannot_be_made_is_explained_and_can_be_ordered_again() -> None:
    graded = graded_group([world.person("Mei", "王")])
    ordered = order(graded)

    run_catalogue_order(order_id=ordered.pk, today=AFTER_TERM)

    row = order_for(graded.maker, ordered.pk)
    assert (row.status, row.status_label) == ("failed", "gick inte")
    assert row.message.startswith(f"{graded.group.name}, rad 1, efternamnet: ”王”")
    assert order(graded).pk != ordered.pk


@pytest.mark.django_db
def test_an_order_whose_worker_was_lost_makes_room_for_a_new_one(graded: Graded) -> None:
    lost = order(graded)
    began = datetime.now(UTC) - timedelta(hours=1)
    CatalogueOrder.objects.filter(pk=lost.pk).update(status="running", started_at=began)

    again = order(graded)

    assert again.pk != lost.pk
    row = order_for(graded.maker, lost.pk)
    assert (row.status, row.message) == (
        "failed",
        "Arbetet avbröts innan katalogen var klar. Beställ igen.",
    )


@pytest.mark.django_db
def test_only_who_may_orders_and_only_in_scope(graded: Graded) -> None:
    outsider = world.administrator(graded.town.other_unit)
    ordered = order(graded)

    with pytest.raises(NotFoundError):
        order(graded, actor=outsider)
    with pytest.raises(NotFoundError):
        order_for(outsider, ordered.pk)
    assert latest_order(outsider, unit_id=graded.town.unit.pk, term=HT26) is None
    viewer = world.centre(graded.town.organiser)
    with pytest.raises(NotAllowedError):
        order(graded, actor=viewer)


@pytest.mark.django_db(transaction=True)
def test_two_who_order_at_once_have_one_order(graded: Graded) -> None:
    answers = at_once(lambda: order(graded), lambda: order(graded))

    assert len({each.pk for each in answers}) == 1  # type: ignore[attr-defined] # else they are faults
    assert CatalogueOrder.objects.count() == DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_make_the_same_version_at_once_make_one_of_it(graded: Graded) -> None:
    def make() -> object:
        return build_catalogue(
            actor=graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=AFTER_TERM
        )

    answers = at_once(make, make)

    codes = [
        problem.code
        for each in answers
        if isinstance(each, ProblemsFoundError)
        for problem in each.problems
    ]
    assert codes in ([], ["catalogue-made-meanwhile"])
    assert [each.document_id for each in GradeCatalogue.objects.all()] == ["BK-12345678-HT26-1"]
