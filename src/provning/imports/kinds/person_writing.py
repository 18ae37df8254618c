"""Writing persons by their room's own actions: the new are registered, the others revised."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from provning.imports.kind import Results
from provning.imports.kinds.person_undo import day_written
from provning.imports.kinds.rows import at_rows
from provning.imports.plans import Plan, Setting, Verdict
from provning.people.actions import (
    PersonEntry,
    Revision,
    change_number,
    register_persons,
    revise_persons,
)


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Register the new persons and change the others, through the room's own actions."""
    new = [each for each in plans if each.verdict is Verdict.NEW]
    changed = [each for each in plans if each.verdict is Verdict.CHANGED]
    return {**_register(setting, new), **_revise(setting, changed)}


def _register(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Add the new persons, whose status is then what the file says."""
    entries = []
    for each in plans:
        entry: dict[str, str] = dict(each.data["entry"])  # type: ignore[call-overload] # plain JSON
        entry.pop("status", None)
        entry.pop("status_on", None)
        entries.append(PersonEntry(**entry))
    with at_rows(plans):
        persons = register_persons(actor=setting.actor, entries=entries, today=setting.today)
    statuses = [
        Revision(person.id, person.version, status=status, status_on=_day(each.data["entry"]))
        for person, each in zip(persons, plans, strict=True)
        if (status := each.data["entry"].get("status", person.status)) != person.status  # type: ignore[attr-defined] # as above
    ]
    with at_rows(plans):
        later = revise_persons(actor=setting.actor, revisions=statuses, today=setting.today)
    versions = {each.id: each.version for each in later}
    return {
        each.number: {"person": str(person.id), "version": versions.get(person.id, person.version)}
        for person, each in zip(persons, plans, strict=True)
    }


def _revise(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Change the known persons; a new number is an act of its own, in the same transaction."""
    versions = {each.number: int(str(each.data["version"])) for each in plans}
    for each in plans:
        if each.data["number"] and each.person_id:
            with at_rows([each]):
                change_number(
                    actor=setting.actor,
                    person_id=each.person_id,
                    identity_number=str(each.data["number"]),
                    expected_version=versions[each.number],
                    today=setting.today,
                )
            versions[each.number] += 1
    revised = [each for each in plans if each.data["revision"]]
    with at_rows(revised):
        persons = revise_persons(
            actor=setting.actor,
            revisions=[_revision(each, versions[each.number]) for each in revised],
            today=setting.today,
        )
    versions |= {each.number: person.version for each, person in zip(revised, persons, strict=True)}
    return {
        each.number: {
            "version": versions[each.number],
            "before": {one.field: one.before for one in each.differences},
        }
        for each in plans
    }


def _revision(plan_: Plan, version: int) -> Revision:
    fields: dict[str, str] = dict(plan_.data["revision"])  # type: ignore[call-overload] # plain JSON
    day = day_written(fields.pop("status_on", ""))
    return Revision(UUID(str(plan_.person_id)), version, **fields, status_on=day)


def _day(entry: object) -> date | None:
    """Return the day of a new person's status."""
    facts: dict[str, str] = entry  # type: ignore[assignment] # plain JSON
    return day_written(facts.get("status_on", ""))
