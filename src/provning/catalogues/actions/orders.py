"""Ordering a catalogue and running the order: a job whose state everybody can see."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.catalogues import events, policies, rules
from provning.catalogues.actions.building import build_catalogue
from provning.catalogues.actions.jobs import Status, claim, end, job_under_way, ordered_now
from provning.catalogues.models import CatalogueJob, CatalogueOrder, GradeCatalogue
from provning.catalogues.rendering import RenderError
from provning.catalogues.snapshots import deciders
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import NotFoundError, ProblemsFoundError, refuse_if
from provning.kernel.terms import Season, Term
from provning.organisation.models import SchoolUnit
from provning.organisation.queries import UnitRow, unit_for
from provning.people.models import Person

NOT_PRINTED = (
    "Katalogen kunde inte skrivas ut: utskriftsprogrammet gick fel. Beställ igen, och kontakta"
    " supporten om det händer på nytt."
)
WENT_WRONG = (
    "Något gick fel när katalogen skrevs. Beställ igen, och kontakta supporten om det upprepas."
)
LOST = "Arbetet avbröts innan katalogen var klar. Beställ igen."
NOTHING_NEW = "Inget har ändrats sedan den senaste versionen"


@transaction.atomic
def order_catalogue(
    *,
    actor: Actor,
    unit_id: UUID,
    term: Term,
    submission: UUID,
    today: date,
    teacher_id: UUID | None = None,
) -> CatalogueOrder:
    """Order a unit's catalogue for a term, or what one person decided alone; a job makes it.

    Sent twice, or while an order for the same catalogue is under way, it is the same order. Raises
    `NotFoundError`, `NotAllowedError` and `ProblemsFoundError` (the form was used before, or
    another catalogue of the unit and term is under way).
    """
    unit = unit_for(actor, unit_id, Permission.VIEW_CATALOGUES)
    policies.require_make(actor, unit)
    # Two who order at once take turns here, so that the second finds the first one's order.
    SchoolUnit.objects.select_for_update(no_key=True).get(pk=unit.id)
    earlier = CatalogueOrder.objects.filter(submission=submission).first()
    if earlier:
        same = _is_for(earlier, unit_id, term, teacher_id)
        refuse_if([] if same else [rules.order_form_used()])
        return earlier
    under_way = _under_way(unit_id, term)
    if under_way:
        same = under_way.teacher_id == teacher_id
        refuse_if([] if same else [rules.another_under_way(unit.name, term)])
        return under_way
    order = CatalogueOrder.objects.create(
        unit_id=unit_id,
        year=term.year,
        season=term.season,
        teacher=_teacher(unit, term, teacher_id),
        **ordered_now(actor, submission),
    )
    _record(events.CATALOGUE_ORDERED, actor, order)
    _enqueue(order, today)
    return order


def run_catalogue_order(*, order_id: UUID, today: date) -> CatalogueOrder | None:
    """Make an ordered catalogue and keep what came of it; None when another worker has the order.

    What a person can mend is told in the order. Anything else is told as an error there and raised
    for the log.
    """
    order = _claim(order_id)
    if order is None:
        return None
    try:
        made = build_catalogue(
            actor=_orderer(order),
            unit_id=order.unit_id,
            term=Term(order.year, Season(order.season)),
            today=today,
            teacher_id=order.teacher_id,
        )
    except ProblemsFoundError as error:
        texts = " ".join(problem.text for problem in error.problems)
        return _finish(order, Status.FAILED, texts)
    except RenderError:
        _finish(order, Status.FAILED, NOT_PRINTED)
        raise
    except Exception:
        _finish(order, Status.FAILED, WENT_WRONG)
        raise
    return _finish(order, Status.DONE, _outcome(order, made))


@transaction.atomic
def end_lost_order(*, lost_id: UUID) -> None:
    """End an order whose job is known to be gone, so that it can be ordered again at once.

    Waits for nobody: a locked order raises `OperationalError`.
    """
    found = CatalogueOrder.objects.select_for_update(of=("self",), nowait=True)
    for order in found.select_related("unit").filter(pk=lost_id, status=Status.RUNNING):
        _finish(order, Status.FAILED, LOST)


def _under_way(unit_id: UUID, term: Term) -> CatalogueOrder | None:
    """Return the order that waits or runs; one whose worker is lost is ended and does not count."""
    orders = CatalogueOrder.objects.select_related("unit")
    order, lost = job_under_way(orders.filter(unit_id=unit_id, year=term.year, season=term.season))
    if order and lost:
        _finish(order, Status.FAILED, LOST)
        return None
    return order


def _is_for(order: CatalogueOrder, unit_id: UUID, term: Term, teacher_id: UUID | None) -> bool:
    """Say whether the order is for the unit, term and teacher."""
    wanted = (unit_id, term.year, term.season, teacher_id)
    return (order.unit_id, order.year, order.season, order.teacher_id) == wanted


def _teacher(unit: UnitRow, term: Term, teacher_id: UUID | None) -> Person | None:
    """Return whose decisions are asked for; `NotFoundError` for who decides nothing here."""
    if teacher_id is None:
        return None
    if teacher_id not in {each.person_id for each in deciders(unit.id, term)}:
        raise NotFoundError("person")
    return Person.objects.get(pk=teacher_id)


def _enqueue(order: CatalogueOrder, today: date) -> None:
    """Hand the order to a worker; the job is stored in the same transaction as the order."""
    # The job calls back into this room, so it is imported when both are loaded.
    from provning.catalogues.tasks import make_ordered_catalogue

    make_ordered_catalogue.enqueue(str(order.id), today.isoformat())


@transaction.atomic
def _claim(order_id: UUID) -> CatalogueOrder | None:
    """Take a waiting order, so that no other worker does."""
    return claim(CatalogueOrder.objects.select_related("unit"), order_id, "catalogue_order")


@transaction.atomic
def _finish(order: CatalogueOrder, status: CatalogueJob.Status, message: str) -> CatalogueOrder:
    """Keep how the order ended."""
    facts = end(order, status, message)
    _record(events.CATALOGUE_ORDER_FINISHED, _orderer(order), order, facts)
    return order


def _orderer(order: CatalogueOrder) -> Actor:
    """Return who ordered, with the right that was tried when the order came and no other."""
    rights = frozenset({Permission.VIEW_CATALOGUES, Permission.MAKE_CATALOGUES})
    grant = Grant(order.ordered_by_role, Scope(ScopeKind.UNIT, order.unit_id), rights)
    return Actor(order.ordered_by_account, order.ordered_by_name, order.ordered_by_role, (grant,))


def _outcome(order: CatalogueOrder, made: list[GradeCatalogue]) -> str:
    """Say what was made; the protected part is not mentioned to those who may not know of it."""
    ordinary = [each for each in made if each.part == GradeCatalogue.Part.ORDINARY]
    started = order.started_at
    new = [each for each in made if started and each.made_at >= started]
    names = ", ".join(each.document_id for each in ordinary)
    said = "Katalogen är skriven" if new else NOTHING_NEW
    return f"{said}: {names}." if names else f"{said}."


def _record(
    name: str, actor: Actor, order: CatalogueOrder, facts: dict[str, object] | None = None
) -> None:
    """Tell the trail of an order."""
    record(
        name,
        actor=actor,
        subjects=[("catalogue_order", order.id), ("unit", order.unit_id)],
        after={
            "unit": order.unit.name,
            "term": Term(order.year, Season(order.season)).label,
            **(facts or {}),
        },
    )
