"""A run of disposal: exactly what was shown goes, and only what has come to its day."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.applications.actions.disposal import dispose_requests
from provning.applications.models import RegistrationRequest
from provning.archive.actions import dispose
from provning.archive.actions.disposing import NoWayToDisposeError, _remove
from provning.archive.actions.removing import INSTALLATIONS, ORGANISERS
from provning.archive.models import Disposal
from provning.archive.queries import (
    DisposalPreview,
    KindPreview,
    disposal_preview,
    disposal_previews,
    disposals_for,
)
from provning.archive.retention import KINDS
from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.catalogues.actions.disposal import dispose_orders
from provning.catalogues.models import (
    CatalogueOrder,
    CatalogueSignature,
    GradeCatalogue,
    SigningOrder,
)
from provning.exams.models import Placement
from provning.grading.actions.disposal import dispose_drafts
from provning.grading.models import GradeDecision, GradeDraft
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.kernel.disposal import Disposable
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.archive.world import Shelf
from tests.grading import world

pytestmark = pytest.mark.django_db
TODAY = date(2029, 6, 1)
LIMIT = date(2027, 6, 1)  # two years before
OLD_ORDER = TODAY - timedelta(days=91)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def administrator() -> Actor:
    return world.actor("system_administrator", Scope(ScopeKind.EVERYTHING), name="Sven System")


def request(stage: Shelf, closed: date, status: str = "done") -> RegistrationRequest:
    """Store a request that was sent and closed on a day."""
    return RegistrationRequest.objects.create(
        group=stage.graded.group,
        identity_number="189001019802",
        given_name="Hemliga",
        family_name="Namnet",
        exam_date=world.EXAM,
        status=status,
        sent_at=noon(closed),
        sent_by_id="x",
        sent_by_name="Någon",
        handled_at=None if status in {"sent", "withdrawn"} else noon(closed),
    )


def order(stage: Shelf, finished: date) -> CatalogueOrder:
    return CatalogueOrder.objects.create(
        unit_id=stage.unit_id,
        year=2026,
        season="HT",
        status="done",
        submission=uuid4(),
        ordered_at=noon(finished),
        ordered_by_account="x",
        ordered_by_name="Någon",
        finished_at=noon(finished),
    )


def signing_order(
    stage: Shelf, catalogue: GradeCatalogue, finished: date, status: str = "done"
) -> SigningOrder:
    return SigningOrder.objects.create(
        catalogue=catalogue,
        signer=stage.graded.teacher_person,
        role="LÄRARE",
        status=status,
        submission=uuid4(),
        ordered_at=noon(finished),
        ordered_by_account="x",
        ordered_by_name="Någon",
        finished_at=noon(finished),
    )


def preview(stage: Shelf) -> DisposalPreview:
    return disposal_preview(administrator(), stage.graded.town.organiser.pk, TODAY)


def run(stage: Shelf, actor: Actor | None = None, seen: str = "") -> Disposal:
    """Dispose of what is shown now."""
    return dispose(
        actor=actor or administrator(),
        organiser_id=stage.graded.town.organiser.pk,
        seen=seen or preview(stage).fingerprint,
        submission=uuid4(),
        today=TODAY,
    )


def shown(found: DisposalPreview) -> dict[str, list[str]]:
    return {each.kind.key: [row.key for row in each.rows] for each in found.kinds if each.rows}


def test_a_request_goes_the_day_after_its_months_and_not_before(plain: Shelf) -> None:
    old = request(plain, LIMIT - timedelta(days=1))
    request(plain, LIMIT)
    request(plain, LIMIT - timedelta(days=400), status="sent")

    assert shown(preview(plain)) == {"requests": [str(old.pk)]}
    made = run(plain)

    assert made.total == 1
    assert RegistrationRequest.objects.count() == 2
    assert not RegistrationRequest.objects.filter(pk=old.pk).exists()


def test_a_withdrawn_request_is_counted_from_when_it_was_sent(plain: Shelf) -> None:
    old = request(plain, LIMIT - timedelta(days=1), status="withdrawn")

    assert shown(preview(plain)) == {"requests": [str(old.pk)]}


def test_the_words_go_and_the_outcome_stays(plain: Shelf) -> None:
    placement = world.place(plain.graded.group, outcome="absent")
    Placement.objects.filter(pk=placement.pk).update(outcome_reason="Var sjuk")

    assert shown(preview(plain)) == {"outcome_reasons": [str(placement.pk)]}
    run(plain)

    placement.refresh_from_db()
    assert (placement.outcome, placement.outcome_reason, placement.version) == ("absent", "", 2)


def test_a_stale_draft_goes_and_one_that_may_be_decided_stays(plain: Shelf) -> None:
    placements = [world.place(plain.graded.group) for _each in range(2)]
    for each in placements:
        GradeDraft.objects.create(
            placement=each,
            value="B",
            typed_by_account="x",
            typed_by_name="Karin",
            typed_at=noon(date(2027, 1, 1)),
        )
    Placement.objects.filter(pk=placements[0].pk).update(outcome="withdrawn")

    assert shown(preview(plain)) == {"drafts": [str(placements[0].pk)]}
    run(plain)

    assert [each.pk for each in GradeDraft.objects.all()] == [placements[1].pk]
    assert GradeDecision.objects.count() == 2


def test_a_finished_order_goes_after_its_days(plain: Shelf) -> None:
    old = order(plain, TODAY - timedelta(days=91))
    order(plain, TODAY - timedelta(days=90))

    assert shown(preview(plain)) == {"orders": [str(old.pk)]}
    assert run(plain).total == 1


def test_a_finished_order_of_a_signature_goes_and_the_signature_stays(plain: Shelf) -> None:
    (catalogue,) = plain.print()
    old, fresh = (signing_order(plain, catalogue, day) for day in (OLD_ORDER, TODAY))
    waiting = signing_order(plain, catalogue, OLD_ORDER, status="waiting")

    assert shown(preview(plain)) == {"signing_orders": [str(old.pk)]}
    run(plain)

    assert set(SigningOrder.objects.values_list("pk", flat=True)) == {fresh.pk, waiting.pk}
    assert CatalogueSignature.objects.filter(catalogue=catalogue).exists()


def test_custom_moves_the_day(plain: Shelf) -> None:
    plain.custom("keep_requests_months", 36)
    request(plain, LIMIT - timedelta(days=1))

    assert shown(preview(plain)) == {}


def test_sign_ins_and_jobs_go_for_the_whole_installation() -> None:
    expired = Session.objects.create(
        session_key="hemlig-nyckel", session_data="", expire_date=noon(date(2020, 1, 1))
    )
    Session.objects.create(
        session_key="levande", session_data="", expire_date=timezone.now() + timedelta(hours=1)
    )
    job = DBTaskResult.objects.create(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=noon(TODAY - timedelta(days=31)),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="provning.catalogues.tasks.make_ordered_catalogue",
        backend_name="default",
        exception_class_path="",
        traceback="",
    )
    found = disposal_preview(administrator(), None, TODAY)
    assert {key: len(rows) for key, rows in shown(found).items()} == {"sessions": 1, "jobs": 1}
    assert "hemlig-nyckel" not in str(found)

    made = dispose(
        actor=administrator(),
        organiser_id=None,
        seen=found.fingerprint,
        submission=uuid4(),
        today=TODAY,
    )

    assert made.total == 2
    assert [each.pk for each in Session.objects.all()] == ["levande"]
    assert not DBTaskResult.objects.filter(pk=job.pk).exists()
    assert not Session.objects.filter(pk=expired.pk).exists()


def test_one_event_tells_how_many_and_nothing_of_whom(plain: Shelf) -> None:
    old = request(plain, LIMIT - timedelta(days=1))
    run(plain)

    (event,) = AuditEvent.objects.filter(name="disposal_done")
    assert '"counts":{"requests":1}' in event.after
    told = event.after + event.subjects + event.before
    personal = ("189001019802", "Hemliga", "Namnet", str(old.pk))
    assert [word for word in personal if word in told] == []
    assert verify_chain().fault == ""


def test_what_has_changed_since_it_was_shown_is_not_disposed_of(plain: Shelf) -> None:
    request(plain, LIMIT - timedelta(days=1))
    seen = preview(plain).fingerprint
    order(plain, TODAY - timedelta(days=100))

    with pytest.raises(ConflictError) as caught:
        run(plain, seen=seen)

    assert [each.code for each in caught.value.problems] == ["disposal-changed"]
    assert (RegistrationRequest.objects.count(), CatalogueOrder.objects.count()) == (1, 1)


def test_a_second_click_is_the_same_run(plain: Shelf) -> None:
    request(plain, LIMIT - timedelta(days=1))
    seen, submission = preview(plain).fingerprint, uuid4()

    def send(organiser_id: UUID | None, actor: Actor | None = None) -> Disposal:
        return dispose(
            actor=actor or administrator(),
            organiser_id=organiser_id,
            seen=seen,
            submission=submission,
            today=TODAY,
        )

    first, second = (send(plain.graded.town.organiser.pk) for _click in range(2))

    assert first.pk == second.pk
    assert AuditEvent.objects.filter(name="disposal_done").count() == 1
    with pytest.raises(ProblemsFoundError) as caught:
        send(None)
    assert [each.code for each in caught.value.problems] == ["disposal-form-used"]
    with pytest.raises(NotAllowedError):
        send(plain.graded.town.organiser.pk, plain.sender)


def test_with_nothing_to_dispose_of_there_is_no_run(plain: Shelf) -> None:

    with pytest.raises(ProblemsFoundError) as caught:
        run(plain)

    assert [each.code for each in caught.value.problems] == ["disposal-nothing"]
    assert Disposal.objects.count() == 0


def test_only_who_may_disposes_and_only_in_their_own_scope(plain: Shelf) -> None:
    request(plain, LIMIT - timedelta(days=1))
    organiser = plain.graded.town.organiser
    own = world.actor("system_administrator", Scope(ScopeKind.ORGANISER, organiser.pk))
    other = world.actor(
        "system_administrator", Scope(ScopeKind.ORGANISER, world.municipality().organiser.pk)
    )

    for actor in (plain.sender, plain.receiver):
        with pytest.raises(NotAllowedError):
            run(plain, actor=actor)
    with pytest.raises(NotFoundError):
        run(plain, actor=other)
    with pytest.raises(NotFoundError):
        disposal_preview(own, None, TODAY)
    assert [each.name for each in disposal_previews(own, TODAY)] == [organiser.name]
    assert run(plain, actor=own).total == 1
    assert [each.total for each in disposals_for(own)] == [1]
    assert disposals_for(other) == []


@pytest.mark.parametrize("remove", [dispose_requests, dispose_orders, dispose_drafts])
def test_no_action_removes_what_has_not_come_to_its_day(remove: object, plain: Shelf) -> None:
    kept = request(plain, TODAY)
    order(plain, TODAY)

    removed = remove(  # type: ignore[operator] # one of three functions of the same shape
        actor=administrator(),
        organiser_id=plain.graded.town.organiser.pk,
        before=TODAY,
        keys=[str(kept.pk), str(CatalogueOrder.objects.get().pk)],
    )

    assert removed == 0
    assert RegistrationRequest.objects.filter(pk=kept.pk).exists()


def test_no_action_is_for_who_may_not_dispose(plain: Shelf) -> None:
    organiser_id = plain.graded.town.organiser.pk
    for remove in ORGANISERS.values():
        with pytest.raises(NotAllowedError):
            remove(actor=plain.sender, organiser_id=organiser_id, before=TODAY, keys=[])
    for remove_anywhere in INSTALLATIONS.values():
        with pytest.raises(NotAllowedError):
            remove_anywhere(actor=plain.sender, before=TODAY, keys=[])
    for organiser in (organiser_id, None):
        with pytest.raises(NotAllowedError):
            disposal_preview(plain.sender, organiser, TODAY)


def test_what_is_kept_for_ever_has_no_way_to_go(plain: Shelf) -> None:
    decision = GradeDecision.objects.first()
    assert decision is not None
    row = Disposable(str(decision.pk), "Ett beslut", world.EXAM)
    forged = KindPreview(KINDS["decisions"], TODAY, (row,))
    found = DisposalPreview(plain.graded.town.organiser.pk, "", (forged,))

    with pytest.raises(NoWayToDisposeError):
        _remove(administrator(), found, forged)

    assert GradeDecision.objects.filter(pk=decision.pk).exists()
