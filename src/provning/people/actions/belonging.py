"""Where persons belong: enrolments and duties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import changed_meanwhile, refused_as
from provning.audit.inserting import insert_numbered
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, Problem, refuse_if
from provning.organisation.models import Provider
from provning.organisation.policies import managed_unit
from provning.people import events, rules
from provning.people.models import Duty, Enrolment, Person
from provning.people.policies import enrolling_providers

BATCH = 500
Held = dict[tuple[UUID, UUID], list[Enrolment]]
SeenEnd = tuple[date | None] | None


@dataclass(frozen=True, slots=True)
class EnrolmentEntry:
    """One person to enrol with a provider, at a unit when it is known; days are inclusive."""

    person_id: UUID
    provider_id: UUID
    unit_id: UUID | None
    start_date: date
    end_date: date | None = None


@transaction.atomic
def enrol(
    *,
    actor: Actor,
    person_id: UUID,
    provider_id: UUID,
    unit_id: UUID | None = None,
    start_date: date,
    end_date: date | None = None,
) -> Enrolment:
    """Enrol a person with a provider; who is enrolled on one of the days already stays so."""
    entry = EnrolmentEntry(person_id, provider_id, unit_id, start_date, end_date)
    [enrolment], new = _enrolled(actor, [entry])
    if new:
        record(
            events.PERSON_ENROLLED,
            actor=actor,
            subjects=[("person", person_id), ("provider", provider_id)],
            after={
                "provider": provider_id,
                "unit": unit_id,
                "start_date": start_date,
                "end_date": end_date,
            },
        )
    return enrolment


@transaction.atomic
def enrol_many(*, actor: Actor, entries: Sequence[EnrolmentEntry]) -> list[Enrolment]:
    """Enrol a whole list or nothing; one audit event names every person newly enrolled."""
    enrolments, new = _enrolled(actor, entries)
    if new:
        persons = [each.person_id for each in new]
        providers = sorted({str(each.provider_id) for each in new})
        record(
            events.PERSONS_ENROLLED,
            actor=actor,
            subjects=[
                *(("person", person_id) for person_id in persons),
                *(("provider", provider_id) for provider_id in providers),
            ],
            after={"count": len(new), "providers": providers, "persons": persons},
        )
    return enrolments


@transaction.atomic
def give_duty(
    *,
    actor: Actor,
    person_id: UUID,
    unit_id: UUID,
    role: str,
    registered_teacher: bool = False,
    subjects: str = "",
    start_date: date,
    end_date: date | None = None,
) -> Duty:
    """Employ a person at a unit as teacher or principal; `subjects` are codes between spaces.

    Given once more, the same duty for the same days is the one there is.
    """
    unit = managed_unit(actor, unit_id)
    person = _person(person_id)
    subjects = " ".join(subjects.split())
    same = Duty.objects.filter(person=person, unit=unit, role=role)
    facts = {
        "role": role,
        "registered_teacher": registered_teacher,
        "subjects": subjects,
        "start_date": start_date,
        "end_date": end_date,
    }
    if given := same.filter(**facts).first():
        return given
    held = list(same.values_list("start_date", "end_date"))
    refuse_if(rules.duty_problems(role, subjects, start_date, end_date, held=held))
    duty = Duty(person=person, unit=unit, **facts)
    with refused_as(rules.saved_meanwhile()):
        duty.save(force_insert=True)
    subjects_of_event = [("person", person.pk), ("unit", unit.pk)]
    record(events.DUTY_GIVEN, actor=actor, subjects=subjects_of_event, after=facts)
    return duty


@transaction.atomic
def end_duty(*, actor: Actor, duty_id: UUID, last_day: date, seen: SeenEnd = None) -> Duty:
    """Let a duty end with a day, that day included.

    `seen` is the last day that somebody saw at a screen, in a tuple of one.
    """
    duty = Duty.objects.select_for_update().filter(pk=duty_id).first()
    if duty is None:
        raise NotFoundError
    managed_unit(actor, duty.unit_id)
    if duty.end_date == last_day:
        return duty
    if seen is not None and seen != (duty.end_date,):
        raise changed_meanwhile("person", duty.person_id)
    refuse_if(rules.duty_end_problems(duty.start_date, last_day))
    before = {"end_date": duty.end_date}
    duty.end_date = last_day
    duty.save(update_fields=["end_date"])
    record(
        events.DUTY_ENDED,
        actor=actor,
        subjects=[("person", duty.person_id), ("unit", duty.unit_id)],
        before=before,
        after={"role": duty.role, "end_date": last_day},
    )
    return duty


def _person(person_id: UUID) -> Person:
    person = Person.objects.select_for_update().filter(pk=person_id).first()
    if person is None:
        raise NotFoundError
    return person


def _enrolled(
    actor: Actor, entries: Sequence[EnrolmentEntry]
) -> tuple[list[Enrolment], list[Enrolment]]:
    """Return every entry's enrolment, and of these the ones that are new; in the given order."""
    providers = enrolling_providers(actor, {entry.provider_id for entry in entries})
    statuses, held = _known({entry.person_id for entry in entries})
    problems = [
        problem
        for entry in entries
        for problem in _problems(entry, providers[entry.provider_id], statuses)
    ]
    refuse_if(problems)
    enrolments, new = [], []
    for entry in entries:
        of_person = held.setdefault((entry.person_id, entry.provider_id), [])
        enrolment = _covering(of_person, entry)
        if enrolment is None:
            enrolment = _enrolment(entry)
            of_person.append(enrolment)
            new.append(enrolment)
        enrolments.append(enrolment)
    with refused_as(rules.saved_meanwhile()):
        insert_numbered(Enrolment, new)
    return enrolments, new


def _known(person_ids: set[UUID]) -> tuple[dict[UUID, str], Held]:
    """Return the persons' statuses and enrolments; `NotFoundError` when one does not exist."""
    statuses: dict[UUID, str] = {}
    held: Held = {}
    ids = sorted(person_ids)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        statuses.update(Person.objects.filter(pk__in=some).values_list("pk", "status"))
        for each in Enrolment.objects.filter(person_id__in=some):
            held.setdefault((each.person_id, each.provider_id), []).append(each)
    if statuses.keys() != person_ids:
        raise NotFoundError
    return statuses, held


def _problems(
    entry: EnrolmentEntry, provider: Provider, statuses: dict[UUID, str]
) -> list[Problem]:
    units = {unit.pk for unit in provider.units.all()}
    return rules.enrolment_problems(
        entry.start_date,
        entry.end_date,
        unit_fits=entry.unit_id is None or entry.unit_id in units,
        status=statuses[entry.person_id],
    )


def _covering(held: Sequence[Enrolment], entry: EnrolmentEntry) -> Enrolment | None:
    for each in held:
        if rules.overlaps(entry.start_date, entry.end_date, [(each.start_date, each.end_date)]):
            return each
    return None


def _enrolment(entry: EnrolmentEntry) -> Enrolment:
    return Enrolment(
        person_id=entry.person_id,
        provider_id=entry.provider_id,
        unit_id=entry.unit_id,
        start_date=entry.start_date,
        end_date=entry.end_date,
    )
