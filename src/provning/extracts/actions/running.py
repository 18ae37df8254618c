"""The job behind an order: extracts issued one by one, so that it can die and go on."""

import logging
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from provning.catalogues.press import Press
from provning.catalogues.rendering import RenderError
from provning.extracts import events, rules
from provning.extracts.actions.issuing import issue_with
from provning.extracts.actions.orders import now, tell
from provning.extracts.models import ExtractOrder, ExtractOrderLine
from provning.extracts.printing import extract_press
from provning.grading.queries import person_decisions
from provning.grading.replacement import is_pass
from provning.grading.rows import DecisionRow
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError, refuse_if
from provning.people.models import Person

LOG = logging.getLogger(__name__)
Status = ExtractOrder.Status
Line = ExtractOrderLine.Status
NOT_PRINTED = (
    "Utdraget kunde inte skrivas ut: utskriftsprogrammet gick fel. Beställ igen, och kontakta"
    " supporten om det händer på nytt."
)
WENT_WRONG = "Något gick fel. Beställ igen, och kontakta supporten om det upprepas."
OUT_OF_REACH = "Personen eller betygen är inte längre inom din behörighet."
RIGHTS = frozenset({Permission.ISSUE_EXTRACTS, Permission.VIEW_PERSONS, Permission.VIEW_CATALOGUES})


def run_extract_order(*, order_id: UUID, today: date) -> ExtractOrder | None:
    """Issue what remains of an order, one person at a time; None when another worker has it.

    Each extract is stored by itself, so that a job that dies has lost at most the one it was at.
    """
    order = _claim(order_id)
    if order is None:
        return None
    actor = _orderer(order)
    waiting = order.lines.filter(status=Line.WAITING)
    with extract_press() as press:
        for key in list(waiting.order_by("person__sort_key", "pk").values_list("pk", flat=True)):
            # A job that was thought dead may have come to the person first.
            line = waiting.select_related("person").filter(pk=key).first()
            if line is not None:
                _issue_line(press, actor, order, line, today)
                ExtractOrder.objects.filter(pk=order.pk).update(progress_at=now())
    return _finish(order, actor)


def _issue_line(
    press: Press, actor: Actor, order: ExtractOrder, line: ExtractOrderLine, today: date
) -> None:
    """Issue one person's extract, or keep why there is none."""
    try:
        _refuse_deceased(line)
        chosen = _grades(order, line.person_id)
        refuse_if([] if chosen else [rules.no_grades()])
        issue_with(
            press,
            actor=actor,
            person_id=line.person_id,
            decision_ids=[row.id for row in chosen],
            english=order.english,
            submission=uuid5(order.id, str(line.person_id)),
            today=today,
            line=line,
        )
    except ProblemsFoundError as error:
        _refuse(line, " ".join(problem.text for problem in error.problems))
    except NotAllowedError:
        _refuse(line, rules.protected_person().text)
    except NotFoundError:
        _refuse(line, OUT_OF_REACH)
    except RenderError:
        LOG.exception("order %s, line %s", order.id, line.pk)
        _refuse(line, NOT_PRINTED)
    except Exception:  # one person's fault must not keep hundreds from theirs
        LOG.exception("order %s, line %s", order.id, line.pk)
        _refuse(line, WENT_WRONG)


def _refuse_deceased(line: ExtractOrderLine) -> None:
    if line.person.status == Person.Status.DECEASED:
        refuse_if([rules.deceased_person(line.person.status_on)])


def _grades(order: ExtractOrder, person_id: UUID) -> list[DecisionRow]:
    """Return the person's grades that the order takes along."""
    rows = person_decisions([person_id], _catalogues_of(order)).get(person_id, [])
    return [
        row for row in rows if row.stands and (order.with_fails or is_pass(row.value, row.scale_id))
    ]


def _catalogues_of(order: ExtractOrder) -> Q:
    """Return the filter over GradeDecision that keeps what the order's issuer issues."""
    if order.unit_id:
        return Q(placement__group__unit=order.unit_id)
    return Q(placement__group__unit__provider__organiser=order.organiser_id)


@transaction.atomic
def _claim(order_id: UUID) -> ExtractOrder | None:
    """Take a waiting order, so that no other worker does."""
    order = ExtractOrder.objects.select_for_update(of=("self",)).filter(pk=order_id).first()
    if order is None:
        raise NotFoundError("extract_order")
    if order.status != Status.WAITING:
        return None
    order.status, order.progress_at = Status.RUNNING, now()
    order.save(update_fields=["status", "progress_at"])
    return order


def _refuse(line: ExtractOrderLine, message: str) -> None:
    """Keep why there is no extract, unless another job has issued it."""
    lines = ExtractOrderLine.objects.filter(pk=line.pk, status=Line.WAITING)
    lines.update(status=Line.REFUSED, message=message)


@transaction.atomic
def _finish(order: ExtractOrder, actor: Actor) -> ExtractOrder:
    """Keep that every person has been dealt with."""
    order.status, order.finished_at = Status.DONE, now()
    order.save(update_fields=["status", "finished_at"])
    tell(
        events.EXTRACT_ORDER_FINISHED,
        actor,
        order,
        issued=order.lines.filter(status=Line.ISSUED).count(),
        count=order.lines.count(),
    )
    return order


def _orderer(order: ExtractOrder) -> Actor:
    """Return who ordered, with the rights that were tried when the order came and no other."""
    if order.unit_id:
        scope = Scope(ScopeKind.UNIT, order.unit_id)
    else:
        scope = Scope(ScopeKind.ORGANISER, order.organiser_id)
    rights = RIGHTS | {Permission.VIEW_PROTECTED} if order.sees_protected else RIGHTS
    grant = Grant(order.ordered_by_role, scope, rights)
    return Actor(order.ordered_by_account, order.ordered_by_name, order.ordered_by_role, (grant,))
