"""Reading the lists, within what the actor may see."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from provning.accounts.policies import require
from provning.exams.queries import group_scope
from provning.grading.queries import person_decisions
from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import NotFoundError
from provning.people.queries import (
    PersonRow,
    number_before,
    person_rows,
    persons_reached,
    protected_staff,
    staff_reached,
)
from provning.privacy.models import Carrier, IdentityCase
from provning.privacy.policies import REGISTER, SEE, followed_person
from provning.privacy.rows import CarrierRow, CaseRow, FollowUp
from provning.privacy.rules import differences

MOST = 200


def follow_ups(actor: Actor) -> list[FollowUp]:
    """Return the persons with a list, those with something left first; three queries.

    Of the staff also those without one, since this is where they are found.
    """
    require(actor, SEE)
    found = Carrier.objects.filter(person__in=persons_reached(actor, SEE)).values("person")
    counted = found.annotate(total=Count("pk"), open=Count("pk", filter=Q(done_at__isnull=True)))
    rows = {row["person"]: row for row in counted}
    persons = person_rows(actor, rows)
    listed = [FollowUp(persons[key], row["total"], row["open"]) for key, row in rows.items()]
    listed += [FollowUp(each, 0, 0) for each in protected_staff(actor) if each.id not in rows]
    return sorted(listed, key=lambda each: (-each.open, each.person.case_number))


def carriers_for(actor: Actor, person_id: UUID) -> list[CarrierRow]:
    """Return a person's list, what remains first; `NotFoundError` when out of scope."""
    followed_person(actor, person_id)
    found = Carrier.objects.filter(person=person_id).order_by("done_at", "kind", "label")
    rows = [
        CarrierRow(
            each.id,
            each.kind,
            str(Carrier.Kind(each.kind).label),
            each.key,
            each.label,
            each.found_at,
            each.done_at,
            each.done_by_name,
            each.note,
        )
        for each in found
    ]
    return sorted(rows, key=lambda row: row.done_at is not None)


def open_cases(actor: Actor) -> list[CaseRow]:
    """Return the cases about persons whom the actor registers, those to decide first."""
    ordered = list(_reached(actor).order_by("-proposed_at")[:MOST])
    return sorted(_cases(actor, ordered), key=lambda row: row.state != "proposed")


def cases_to_approve(actor: Actor, person_id: UUID | None = None) -> list[CaseRow]:
    """Return the cases that wait for a second person, the oldest first, or those of one person.

    Also those that the actor proposed, who cannot approve them.
    """
    waiting = _reached(actor).filter(state=IdentityCase.State.PROPOSED).order_by("proposed_at")
    if person_id is not None:
        waiting = waiting.filter(Q(person=person_id) | Q(other=person_id))
    return _cases(actor, list(waiting[:MOST]))


def case_for(actor: Actor, case_id: UUID) -> CaseRow:
    """Return one case; `NotFoundError` when one of its persons is out of scope."""
    found = list(_reached(actor).filter(pk=case_id))
    if not found:
        raise NotFoundError("identity_case")
    [row] = _cases(actor, found)
    return replace(row, previous=_previous(found[0])) if row.number else row


def _previous(case: IdentityCase) -> str:
    """Return the number that an approved one came instead of, as it is shown."""
    if case.state != IdentityCase.State.APPROVED or case.mistaken:
        return ""
    return number_before(case.person_id, case.number)


def conflicts_of(actor: Actor, case: CaseRow) -> list[tuple[str, str, str]]:
    """Return what differs between the rows of a merge: facts, and courses decided in both."""
    if case.other is None:
        return []
    one, other = (_facts(each) for each in (case.person, case.other))
    scope = group_scope(actor, Permission.VIEW_GROUPS, "placement__group__")
    decided = [
        {row.course_code: row.value for row in rows}
        for each in (case.person, case.other)
        for rows in (person_decisions([each.id], scope).get(each.id, []),)
    ]
    both = sorted(decided[0].keys() & decided[1].keys()) if case.state == "proposed" else []
    courses = [(code, decided[0][code], decided[1][code]) for code in both]
    return [*differences(one, other), *courses]


def _reached(actor: Actor) -> QuerySet[IdentityCase]:
    """Return the cases of which the actor registers every person: a merge shows both.

    A new number of staff who is no student is also reached by who keeps the staff.
    """
    if not actor.may(Permission.MANAGE_ORGANISATION):
        require(actor, REGISTER)
    reached = persons_reached(actor, REGISTER)
    both = Q(other__isnull=True) | Q(other__in=reached)
    of_staff = Q(other__isnull=True, person__in=staff_reached(actor))
    return IdentityCase.objects.filter(Q(both, person__in=reached) | of_staff)


def _facts(row: PersonRow) -> dict[str, str]:
    return {
        "Förnamn": row.given_name,
        "Efternamn": row.family_name,
        "Nummer": row.number_display,
        "Född": str(row.birth_date or ""),
        "Status": row.status,
    }


def _cases(actor: Actor, cases: list[IdentityCase]) -> list[CaseRow]:
    ids = {each.person_id for each in cases} | {each.other_id for each in cases if each.other_id}
    persons = person_rows(actor, ids)
    return [_case(each, persons) for each in cases]


def _case(case: IdentityCase, persons: dict[UUID, PersonRow]) -> CaseRow:
    number = parse_identity_number(case.number, today=date.max).display if case.number else ""
    person = persons[case.person_id]
    return CaseRow(
        id=case.id,
        kind=case.kind,
        kind_label=str(IdentityCase.Kind(case.kind).label),
        state=case.state,
        state_label=str(IdentityCase.State(case.state).label),
        person=person,
        other=persons[case.other_id] if case.other_id else None,
        number="" if person.masked else number,
        mistaken=case.mistaken,
        reason=case.reason,
        proposed_at=case.proposed_at,
        proposed_by_account=case.proposed_by_account,
        proposed_by_name=case.proposed_by_name,
        decided_at=case.decided_at,
        decided_by_name=case.decided_by_name,
    )
