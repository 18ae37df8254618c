"""Taking back what was registered by mistake, while nothing has been built upon it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from provning.accounts.policies import require
from provning.audit.actions import record
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, ProblemsFoundError, refuse_if
from provning.organisation.queries import unit_scope
from provning.people import events, rules
from provning.people.actions.registering import BATCH
from provning.people.models import Duty, Enrolment, NameWord, Person, PersonNumber
from provning.people.policies import REGISTER, enrolling_providers
from provning.people.queries.persons import persons_in_scope
from provning.people.queries.uses import used_persons


@transaction.atomic
def take_back_persons(*, actor: Actor, versions: Mapping[UUID, int]) -> int:
    """Remove persons whom nothing speaks of, all or nobody; returns how many.

    `versions` are the persons with the version that was seen. Who has changed since, is spoken of
    anywhere or has been given a case number stays: the problem's field is the person's id.
    """
    require(actor, REGISTER)
    persons = _persons(actor, list(versions))
    used = used_persons(versions)
    refuse_if(
        replace(problem, field=str(each.pk))
        for each in persons
        for problem in rules.take_back_problems(
            changed=each.version != versions[each.pk],
            used=each.pk in used,
            case_number=each.case_number or "",
        )
    )
    ids = [each.pk for each in persons]
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        NameWord.objects.filter(person__in=some).delete()
        PersonNumber.objects.filter(person__in=some).delete()
        try:
            Person.objects.filter(pk__in=some).delete()
        except ProtectedError as error:
            raise ProblemsFoundError([rules.person_used()]) from error
    if ids:
        _tell(actor, events.PERSONS_TAKEN_BACK, [("person", each) for each in ids])
    return len(ids)


@transaction.atomic
def take_back_enrolments(*, actor: Actor, enrolment_ids: Collection[int]) -> int:
    """Remove enrolments that were made by mistake, all or none; returns how many.

    The caller has seen that nothing rests on them. Raises `NotFoundError` when one is out of scope.
    """
    wanted = sorted(set(enrolment_ids))
    found: list[tuple[int, UUID, UUID]] = []
    for start in range(0, len(wanted), BATCH):
        rows = Enrolment.objects.filter(pk__in=wanted[start : start + BATCH])
        found += rows.values_list("pk", "person_id", "provider_id")
    enrolling_providers(actor, {provider for _pk, _person, provider in found})
    if len(found) != len(wanted):
        raise NotFoundError("enrolment")
    for start in range(0, len(wanted), BATCH):
        Enrolment.objects.filter(pk__in=wanted[start : start + BATCH]).delete()
    if wanted:
        subjects = {("person", person) for _pk, person, _provider in found}
        subjects |= {("provider", provider) for _pk, _person, provider in found}
        _tell(actor, events.ENROLMENTS_TAKEN_BACK, list(subjects), len(wanted))
    return len(wanted)


@transaction.atomic
def take_back_duties(*, actor: Actor, duty_ids: Collection[UUID]) -> int:
    """Remove duties that were given by mistake, all or none; returns how many.

    The caller has seen that nothing rests on them. Raises `NotFoundError` when one is out of scope.
    """
    require(actor, Permission.MANAGE_ORGANISATION)
    scope = unit_scope(actor, Permission.MANAGE_ORGANISATION)
    duties = list(Duty.objects.select_for_update(of=("self",)).filter(scope, pk__in=duty_ids))
    if len(duties) != len(set(duty_ids)):
        raise NotFoundError("duty")
    Duty.objects.filter(pk__in=[each.pk for each in duties]).delete()
    if duties:
        subjects = {("person", each.person_id) for each in duties}
        subjects |= {("unit", each.unit_id) for each in duties}
        _tell(actor, events.DUTIES_TAKEN_BACK, list(subjects), len(duties))
    return len(duties)


def _persons(actor: Actor, person_ids: list[UUID]) -> list[Person]:
    """Return the persons, locked; raises when one is out of scope."""
    found: list[Person] = []
    persons = persons_in_scope(actor, REGISTER).select_for_update(of=("self",)).order_by("pk")
    for start in range(0, len(person_ids), BATCH):
        found += persons.filter(pk__in=person_ids[start : start + BATCH])
    if len(found) != len(person_ids):
        raise NotFoundError("person")
    return found


def _tell(
    actor: Actor, name: str, subjects: list[tuple[str, UUID]], count: int | None = None
) -> None:
    """Tell the trail once, of everything."""
    number = len(subjects) if count is None else count
    after = {"count": number, "things": sorted(f"{kind}:{key}" for kind, key in subjects)}
    record(name, actor=actor, subjects=subjects, after=after)
