"""Organisers, providers and units."""

from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_newer, refused_as
from provning.kernel.actors import Actor
from provning.kernel.problems import Problem, refuse_if
from provning.organisation import events, policies, rules
from provning.organisation.models import Organiser, Provider, SchoolUnit


@transaction.atomic
def create_organiser(
    *,
    actor: Actor,
    name: str,
    municipality_code: str,
    municipality_name: str,
    organisation_number: str = "",
) -> Organiser:
    """Add a huvudman; only who manages the whole installation may."""
    policies.require_everywhere(actor)
    name = _tidy(name)
    refuse_if(
        rules.name_problems(name)
        + rules.municipality_problems(municipality_code, municipality_name)
        + rules.organisation_number_problems(organisation_number)
    )
    facts = {
        "name": name,
        "municipality_code": municipality_code,
        "municipality_name": municipality_name,
        "organisation_number": organisation_number,
    }
    organiser = Organiser(**facts)
    with refused_as(_name_taken(name)):
        organiser.save(force_insert=True)
    subjects = [("organiser", organiser.pk)]
    record(events.ORGANISER_CREATED, actor=actor, subjects=subjects, after=facts)
    return organiser


@transaction.atomic
def create_provider(
    *,
    actor: Actor,
    organiser_id: UUID,
    name: str,
    kind: str,
    organisation_number: str = "",
    grading_right_from: date | None = None,
    grading_right_to: date | None = None,
) -> Provider:
    """Add a utbildningsanordnare under an organiser."""
    organiser = policies.managed_organiser(actor, organiser_id)
    name = _tidy(name)
    refuse_if(
        rules.name_problems(name)
        + rules.provider_problems(kind, grading_right_from, grading_right_to)
        + rules.organisation_number_problems(organisation_number)
    )
    facts = {
        "name": name,
        "kind": kind,
        "organisation_number": organisation_number,
        "grading_right_from": grading_right_from,
        "grading_right_to": grading_right_to,
    }
    provider = Provider(organiser=organiser, **facts)
    with refused_as(_name_taken(name)):
        provider.save(force_insert=True)
    subjects = [("organiser", organiser.pk), ("provider", provider.pk)]
    record(events.PROVIDER_CREATED, actor=actor, subjects=subjects, after=facts)
    return provider


@transaction.atomic
def set_grading_right(
    *,
    actor: Actor,
    provider_id: UUID,
    first_day: date | None,
    last_day: date | None,
    expected_version: int | None = None,
) -> Provider:
    """Set between which days a contracted provider has betygsrätt; None, None takes it away."""
    provider = policies.managed_provider(actor, provider_id)
    before = _right(provider)
    after = {
        "name": provider.name,
        "grading_right_from": first_day,
        "grading_right_to": last_day,
    }
    if before == after:
        return provider
    refuse_if_newer("provider", provider.pk, events.OF_PROVIDERS, expected=expected_version)
    refuse_if(rules.provider_problems(provider.kind, first_day, last_day))
    provider.grading_right_from, provider.grading_right_to = first_day, last_day
    provider.save(update_fields=["grading_right_from", "grading_right_to"])
    subjects = [("provider", provider.pk)]
    record(events.GRADING_RIGHT_SET, actor=actor, subjects=subjects, before=before, after=after)
    return provider


@transaction.atomic
def change_organiser(
    *,
    actor: Actor,
    organiser_id: UUID,
    name: str,
    municipality_code: str,
    municipality_name: str,
    organisation_number: str,
    expected_version: int | None = None,
) -> Organiser:
    """Change what a huvudman is called, its municipality and its number."""
    organiser = policies.managed_organiser(actor, organiser_id)
    after = {
        "name": _tidy(name),
        "municipality_code": municipality_code,
        "municipality_name": _tidy(municipality_name),
        "organisation_number": organisation_number,
    }
    before = {field: getattr(organiser, field) for field in after}
    if before == after:
        return organiser
    refuse_if_newer("organiser", organiser.pk, events.OF_ORGANISERS, expected=expected_version)
    refuse_if(
        rules.name_problems(after["name"])
        + rules.municipality_problems(municipality_code, municipality_name)
        + rules.organisation_number_problems(organisation_number)
    )
    with refused_as(_name_taken(after["name"])):
        _store(organiser, after)
    subjects = [("organiser", organiser.pk)]
    record(events.ORGANISER_CHANGED, actor=actor, subjects=subjects, before=before, after=after)
    return organiser


@transaction.atomic
def change_provider(
    *,
    actor: Actor,
    provider_id: UUID,
    name: str,
    kind: str,
    organisation_number: str,
    expected_version: int | None = None,
) -> Provider:
    """Change what a provider is called, whether the huvudman runs it, and its number."""
    provider = policies.managed_provider(actor, provider_id)
    after = {"name": _tidy(name), "kind": kind, "organisation_number": organisation_number}
    before = {field: getattr(provider, field) for field in after}
    if before == after:
        return provider
    refuse_if_newer("provider", provider.pk, events.OF_PROVIDERS, expected=expected_version)
    right = (provider.grading_right_from, provider.grading_right_to)
    refuse_if(
        rules.name_problems(after["name"])
        + rules.provider_problems(kind, *right)
        + rules.organisation_number_problems(organisation_number)
    )
    with refused_as(_name_taken(after["name"])):
        _store(provider, after)
    subjects = [("provider", provider.pk)]
    record(events.PROVIDER_CHANGED, actor=actor, subjects=subjects, before=before, after=after)
    return provider


@transaction.atomic
def create_unit(
    *, actor: Actor, provider_id: UUID, name: str, code: str = "", principal_name: str = ""
) -> SchoolUnit:
    """Add a skolenhet under a provider."""
    provider = policies.managed_provider(actor, provider_id)
    facts = {"name": _tidy(name), "code": code, "principal_name": _tidy(principal_name)}
    refuse_if(rules.name_problems(facts["name"]) + _code_problems(code, None))
    unit = SchoolUnit(provider=provider, **facts)
    with refused_as(_name_taken(facts["name"])):
        unit.save(force_insert=True)
    subjects = [("provider", provider.pk), ("unit", unit.pk)]
    record(events.UNIT_CREATED, actor=actor, subjects=subjects, after=facts)
    return unit


@transaction.atomic
def change_unit(
    *,
    actor: Actor,
    unit_id: UUID,
    name: str,
    code: str,
    principal_name: str,
    expected_version: int | None = None,
) -> SchoolUnit:
    """Change what a unit is called, its code and its principal."""
    unit = policies.managed_unit(actor, unit_id)
    before = {"name": unit.name, "code": unit.code, "principal_name": unit.principal_name}
    after = {"name": _tidy(name), "code": code, "principal_name": _tidy(principal_name)}
    if before == after:
        return unit
    refuse_if_newer("unit", unit.pk, events.OF_UNITS, expected=expected_version)
    refuse_if(rules.name_problems(after["name"]) + _code_problems(code, unit))
    unit.name, unit.code, unit.principal_name = after.values()
    with refused_as(_name_taken(unit.name)):
        unit.save(update_fields=["name", "code", "principal_name"])
    subjects = [("unit", unit.pk)]
    record(events.UNIT_CHANGED, actor=actor, subjects=subjects, before=before, after=after)
    return unit


def _store(thing: Organiser | Provider, facts: dict[str, str]) -> None:
    for field, value in facts.items():
        setattr(thing, field, value)
    thing.save(update_fields=list(facts))


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _right(provider: Provider) -> dict[str, object]:
    return {
        "name": provider.name,
        "grading_right_from": provider.grading_right_from,
        "grading_right_to": provider.grading_right_to,
    }


def _code_problems(code: str, own: SchoolUnit | None) -> list[Problem]:
    others = SchoolUnit.objects.filter(code=code).exclude(code="")
    if own:
        others = others.exclude(pk=own.pk)
    return rules.unit_problems(code, code_taken=others.exists())


def _name_taken(name: str) -> Problem:
    message = "Namnet {name} finns redan här. Välj ett annat."
    return Problem("organisation-name-taken", "name", message, "Policy", {"name": name})
