"""Changes of who somebody is: proposed by one, approved by another, undone while nothing rests.

Two rows of one person become one by a pointer and nothing else (ADR 17): placements, enrolments,
decisions and papers stay with the row they were written for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.accounts.policies import require
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.extracts.models import Extract
from provning.kernel.actors import Actor
from provning.kernel.four_eyes import four_eyes_problems
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import NotFoundError, refuse_if
from provning.people.actions import change_number, merge_persons, part_persons
from provning.people.models import Person
from provning.people.policies import kept_person, registered_person
from provning.people.queries import person_by_number, person_for, person_rows, persons_reached
from provning.privacy import events, rules
from provning.privacy.models import IdentityCase
from provning.privacy.policies import REGISTER

Kind, State = IdentityCase.Kind, IdentityCase.State


@transaction.atomic
def propose_merge(
    *,
    actor: Actor,
    person_id: UUID,
    other_number: str,
    reason: str,
    submission: UUID,
    today: date,
) -> IdentityCase:
    """Propose that the person with another number is the same as this one, who is kept.

    Raises `NotFoundError` when the person is out of scope; another who is, is as nobody.
    """
    person = _unmasked(actor, person_id)
    known = IdentityCase.objects.filter(submission=submission).first()
    if known:
        return known
    other = _other(actor, other_number, today)
    problems = rules.reason_problems(reason)
    refuse_if([*problems, *([] if other else [rules.nobody_else()])])
    if other == person.pk:
        refuse_if([rules.same_row()])
    with _once():
        case = IdentityCase.objects.create(
            kind=Kind.MERGE, other_id=other, **_proposed(actor, person, reason, submission)
        )
    _record(events.IDENTITY_PROPOSED, actor, case)
    return case


@transaction.atomic
def propose_number(
    *,
    actor: Actor,
    person_id: UUID,
    identity_number: str,
    mistaken: bool = False,
    reason: str,
    submission: UUID,
    today: date,
) -> IdentityCase:
    """Propose another identity number; with `mistaken` the one so far was never the person's.

    Of staff who is no student whoever keeps them proposes it; who registers persons approves. A
    number of somebody out of reach is as nobody's here; who approves is told that it is taken.
    """
    person = _kept(actor, person_id)
    known = IdentityCase.objects.filter(submission=submission).first()
    if known:
        return known
    number = parse_identity_number(identity_number, today=today)
    taken = _reached_owner(actor, number.normal) not in {None, person.pk}
    refuse_if([*rules.reason_problems(reason), *([rules.taken(number.display)] if taken else [])])
    with _once():
        case = IdentityCase.objects.create(
            kind=Kind.NUMBER,
            number=number.normal,
            mistaken=mistaken,
            **_proposed(actor, person, reason, submission),
        )
    _record(events.IDENTITY_PROPOSED, actor, case)
    return case


@transaction.atomic
def approve_case(*, actor: Actor, case_id: UUID, today: date) -> IdentityCase:
    """Carry out what somebody else has proposed.

    A number that somebody has got is told as taken, whoever they are and wherever: who gives a
    number has to know that much, as when a person is registered, and the boundary logs it on them.
    """
    case = _open_case(actor, case_id)
    refuse_if(four_eyes_problems(case.proposed_by_account, actor.id))
    person = kept_person(actor, case.person_id)
    refuse_if([rules.unseen()] if _is_masked(actor, case) else [])
    if case.other_id is not None:
        merge_persons(actor=actor, kept_id=case.person_id, merged_id=case.other_id)
    else:
        _refuse_taken(case, today)
        change_number(
            actor=actor,
            person_id=case.person_id,
            identity_number=case.number,
            mistaken=case.mistaken,
            expected_version=person.version,
            today=today,
        )
    _decide(actor, case, State.APPROVED)
    _record(events.IDENTITY_APPROVED, actor, case)
    return case


def _is_masked(actor: Actor, case: IdentityCase) -> bool:
    """Say whether the actor would approve without seeing who it is about."""
    persons = person_rows(actor, {case.person_id, *filter(None, (case.other_id,))})
    return any(each.masked for each in persons.values())


def _refuse_taken(case: IdentityCase, today: date) -> None:
    number = parse_identity_number(case.number, today=today)
    free = person_by_number(number.normal) in {None, case.person_id}
    refuse_if([] if free else [rules.taken(number.display)])


@transaction.atomic
def refuse_case(*, actor: Actor, case_id: UUID) -> IdentityCase:
    """Turn a proposal down; whoever made it may take it back so too."""
    case = _open_case(actor, case_id)
    _decide(actor, case, State.REFUSED)
    _record(events.IDENTITY_REFUSED, actor, case)
    return case


@transaction.atomic
def undo_merge(*, actor: Actor, case_id: UUID) -> IdentityCase:
    """Part two rows again; not once a paper has been issued for the one person they became."""
    case = _case(actor, case_id, State.APPROVED)
    if case.other_id is None or case.decided_at is None:
        raise NotFoundError("identity_case")
    later = Extract.objects.filter(person=case.person_id, issued_at__gt=case.decided_at)
    refuse_if([rules.too_late()] if later.exists() else [])
    part_persons(actor=actor, kept_id=case.person_id, merged_id=case.other_id)
    case.state = State.UNDONE
    case.save(update_fields=["state"])
    _record(events.IDENTITY_UNDONE, actor, case)
    return case


def _unmasked(actor: Actor, person_id: UUID) -> Person:
    """Return the person, locked; a protected one must have been opened."""
    person = registered_person(actor, person_id)
    if person_for(actor, person_id, REGISTER).masked:
        raise NotFoundError("person")
    return person


def _kept(actor: Actor, person_id: UUID) -> Person:
    """Return the person, of the staff too, locked; a protected one must have been opened."""
    person = kept_person(actor, person_id)
    if person_rows(actor, {person_id})[person_id].masked:
        raise NotFoundError("person")
    return person


def _other(actor: Actor, number: str, today: date) -> UUID | None:
    """Return who has the number, where the actor registers; None for nobody there."""
    owner = _reached_owner(actor, parse_identity_number(number, today=today).normal)
    return None if owner is None or person_for(actor, owner, REGISTER).masked else owner


def _reached_owner(actor: Actor, number: str) -> UUID | None:
    """Return who has or had the number, None for nobody where the actor registers."""
    owner = person_by_number(number)
    reached = persons_reached(actor, REGISTER)
    return reached.filter(pk=owner).first() if owner else None


def _proposed(actor: Actor, person: Person, reason: str, submission: UUID) -> dict[str, object]:
    return {
        "person": person,
        "reason": reason.strip(),
        "proposed_at": datetime.now(UTC),
        "proposed_by_account": actor.id,
        "proposed_by_name": actor.name,
        "submission": submission,
    }


@contextmanager
def _once() -> Iterator[None]:
    """Refuse a second open case of the same person."""
    with refused_as(rules.case_open()):
        yield


def _case(actor: Actor, case_id: UUID, state: str) -> IdentityCase:
    """Return a case in the state, locked; `NotFoundError` when it or its person is out of scope."""
    cases = IdentityCase.objects.select_for_update().filter(pk=case_id, state=state)
    case = cases.first()
    if case is None:
        raise NotFoundError("identity_case")
    require(actor, REGISTER)
    kept_person(actor, case.person_id)
    return case


def _open_case(actor: Actor, case_id: UUID) -> IdentityCase:
    return _case(actor, case_id, State.PROPOSED)


def _decide(actor: Actor, case: IdentityCase, state: str) -> None:
    case.state, case.decided_at = state, datetime.now(UTC)
    case.decided_by_account, case.decided_by_name = actor.id, actor.name
    case.save(update_fields=["state", "decided_at", "decided_by_account", "decided_by_name"])


def _record(name: str, actor: Actor, case: IdentityCase) -> None:
    persons = [("person", case.person_id), ("identity_case", case.pk)]
    if case.other_id:
        persons.append(("person", case.other_id))
    facts = {"kind": case.kind, "mistaken": case.mistaken}
    record(name, actor=actor, subjects=persons, after=facts, reason=case.reason)
