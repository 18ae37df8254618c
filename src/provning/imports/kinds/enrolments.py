"""Enrolments: who is enrolled with which provider, from when and till when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.exams.models import Placement
from provning.imports import row_rules
from provning.imports.kind import ImportKind, Kept, Results
from provning.imports.kinds.cells import (
    NAME,
    PERSON,
    base_plan,
    day_of,
    needed_day,
    person_of,
    refused,
    wrong,
)
from provning.imports.kinds.rows import at_rows
from provning.imports.knowing import Known, Register, Written, read_written, register_for
from provning.imports.plans import Done, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem
from provning.organisation.models import Provider
from provning.organisation.queries import provider_scope
from provning.people.actions import EnrolmentEntry, enrol_many, take_back_enrolments
from provning.people.models import Enrolment
from provning.people.rules import enrolment_problems, overlaps

REGISTER = Permission.REGISTER_PERSONS
AT_A_TIME = 500
FIELDS = (
    PERSON,
    NAME,
    Field(
        "provider",
        gettext_noop("Anordnare"),
        gettext_noop("Utbildningsanordnarens namn."),
        "Vuxenutbildning Sjöstad",
        ("Utbildningsanordnare", "Skola", "Inskriven hos"),
        required=True,
    ),
    Field(
        "unit",
        gettext_noop("Skolenhet"),
        gettext_noop("En av anordnarens enheter, när den är känd."),
        "",
        ("Enhet",),
    ),
    Field(
        "start_date",
        gettext_noop("Inskriven från"),
        gettext_noop("Första dagen, som ÅÅÅÅ-MM-DD."),
        "2026-08-17",
        ("Fr.o.m.", "Startdatum", "Inskrivningsdatum", "Från"),
        required=True,
    ),
    Field(
        "end_date",
        gettext_noop("Inskriven till"),
        gettext_noop("Sista dagen, tom när den inte är känd."),
        "",
        ("T.o.m.", "Slutdatum", "Utskrivningsdatum", "Till"),
    ),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows need to know, read at once."""

    register: Register
    providers: dict[str, Provider]
    held: dict[tuple[UUID, UUID], list[tuple[date, date | None]]]


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row; a constant number of queries."""
    written = [read_written(row.text("identity_number"), setting.today) for row in rows]
    register = register_for(setting, REGISTER, written)
    facts = Facts(register, _providers(setting), _held(register))
    return [_plan(row, who, facts) for row, who in zip(rows, written, strict=True)]


def _providers(setting: Setting) -> dict[str, Provider]:
    found = Provider.objects.filter(
        provider_scope(setting.actor, REGISTER, ""), organiser=setting.organiser_id
    )
    return {each.name.casefold(): each for each in found.distinct().prefetch_related("units")}


def _held(register: Register) -> dict[tuple[UUID, UUID], list[tuple[date, date | None]]]:
    """Return the enrolments that there are; one query."""
    held: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = {}
    rows = Enrolment.objects.filter(person__in=register.ids()).values_list(
        "person_id", "provider_id", "start_date", "end_date"
    )
    for person_id, provider_id, start, end in rows:
        held.setdefault((person_id, provider_id), []).append((start, end))
    return held


def _plan(row: SourceRow, written: Written, facts: Facts) -> Plan:
    """Say what would become of one row."""
    who = person_of(row, written, facts.register)
    provider = facts.providers.get(row.text("provider").strip().casefold())
    start, end = needed_day(row, "start_date"), day_of(row, "end_date")
    problems = list(wrong(who, start, end))
    if provider is None:
        problems.append(row_rules.unknown_place("provider", row.text("provider")))
    base = base_plan(row, facts.register.owners(written), row.text("provider"))
    if problems or provider is None or isinstance(start, Problem) or isinstance(end, Problem):
        return refused(base, problems)
    if isinstance(who, list):
        return refused(base, who)
    return _enrolled(base, row, who, provider, start, end, facts)


def _enrolled(
    base: Plan,
    row: SourceRow,
    who: Known,
    provider: Provider,
    start: date,
    end: date | None,
    facts: Facts,
) -> Plan:
    """Plan a row whose person, provider and days are clear."""
    base = replace(base, key=f"{provider.id}:{who.id}")
    unit_name = row.text("unit").strip().casefold()
    units = [each.id for each in provider.units.all() if each.name.casefold() == unit_name]
    unit_fits = not unit_name or bool(units)
    problems = enrolment_problems(start, end, unit_fits=unit_fits, status=who.status)
    if problems:
        return refused(base, problems)
    if overlaps(start, end, facts.held.get((who.id, provider.id), [])):
        return replace(base, verdict=Verdict.UNCHANGED)
    data = {
        "provider": str(provider.id),
        "unit": str(units[0]) if units else "",
        "start": start.isoformat(),
        "end": end.isoformat() if end else "",
    }
    return replace(base, verdict=Verdict.NEW, data=data)


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Enrol everybody at once."""
    with at_rows(plans):
        enrolments = enrol_many(actor=setting.actor, entries=[_entry(each) for each in plans])
    return {
        each.number: {"enrolment": enrolment.pk, "provider": str(enrolment.provider_id)}
        for each, enrolment in zip(plans, enrolments, strict=True)
    }


def _entry(plan_: Plan) -> EnrolmentEntry:
    data = {key: str(value) for key, value in plan_.data.items()}
    return EnrolmentEntry(
        UUID(str(plan_.person_id)),
        UUID(data["provider"]),
        UUID(data["unit"]) if data["unit"] else None,
        date.fromisoformat(data["start"]),
        date.fromisoformat(data["end"]) if data["end"] else None,
    )


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take the enrolments back, but those that a placement rests on."""
    used = _used(rows)
    kept: Kept = {
        row.number: [row_rules.enrolment_used()]
        for row in rows
        if (str(row.person_id), str(row.result["provider"])) in used
    }
    ids = [int(str(row.result["enrolment"])) for row in rows if row.number not in kept]
    present: list[int] = []
    for start in range(0, len(ids), AT_A_TIME):
        some = Enrolment.objects.filter(pk__in=ids[start : start + AT_A_TIME])
        present += some.values_list("pk", flat=True)
    take_back_enrolments(actor=setting.actor, enrolment_ids=present)
    return kept


def _used(rows: Sequence[Done]) -> set[tuple[str, str]]:
    """Return the persons who have been placed with the providers that enrolled them."""
    persons = [row.person_id for row in rows if row.person_id]
    used: set[tuple[str, str]] = set()
    for start in range(0, len(persons), AT_A_TIME):
        found = Placement.objects.filter(person__in=persons[start : start + AT_A_TIME])
        pairs = found.values_list("person_id", "group__unit__provider_id").distinct()
        used.update((str(person), str(provider)) for person, provider in pairs)
    return used


KIND = ImportKind(
    key="enrolments",
    slug="inskrivningar",
    label=gettext_noop("Inskrivningar"),
    lead=gettext_noop("Skriv in personer hos en anordnare. De ska redan finnas i registret."),
    permission=REGISTER,
    wide=True,
    fields=FIELDS,
    plan=plan,
    commit=commit,
    undo=undo,
)
