"""Taking persons back: new ones go when nothing speaks of them, others get back what they had."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from provning.imports.kind import Kept
from provning.imports.plans import Done, Setting, Verdict
from provning.imports.row_rules import person_gone
from provning.kernel.problems import Problem
from provning.people import rules as people_rules
from provning.people.actions import Revision, change_number, revise_persons, take_back_persons
from provning.people.models import Person
from provning.people.queries.uses import used_persons

AT_A_TIME = 500


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take the rows back, and say why the others stay."""
    persons = _persons(rows)
    kept: Kept = {row.number: found for row in rows if (found := _problems(row, persons))}
    new = [row for row in rows if row.verdict is Verdict.NEW and row.number not in kept]
    used = used_persons(_id(row) for row in new)
    kept |= {row.number: [people_rules.person_used()] for row in new if _id(row) in used}
    take_back_persons(
        actor=setting.actor,
        versions={_id(row): _version(row) for row in new if row.number not in kept},
    )
    changed = [row for row in rows if row.verdict is Verdict.CHANGED and row.number not in kept]
    _change_back(setting, changed)
    return kept


def _problems(row: Done, persons: Mapping[UUID, Person]) -> list[Problem]:
    """Say why a person has to stay as they are, apart from who speaks of them."""
    person = persons.get(_id(row))
    if person is None:
        return [person_gone()]
    new = row.verdict is Verdict.NEW
    return people_rules.take_back_problems(
        changed=person.version != _version(row),
        used=False,
        case_number=(person.case_number or "") if new else "",
    )


def _change_back(setting: Setting, rows: Sequence[Done]) -> None:
    """Give persons back what they had."""
    revisions = []
    for row in rows:
        before = dict(_before(row))
        number, version = before.pop("identity_number", ""), _version(row)
        if number:
            change_number(
                actor=setting.actor,
                person_id=_id(row),
                identity_number=number,
                mistaken=True,
                expected_version=version,
                today=setting.today,
            )
            version += 1
        if before:
            day = day_written(before.pop("status_on", ""))
            revisions.append(Revision(_id(row), version, **before, status_on=day))
    revise_persons(actor=setting.actor, revisions=revisions, today=setting.today)


def day_written(text: str) -> date | None:
    """Return a day as a plan keeps it, None for none."""
    return date.fromisoformat(text) if text else None


def _persons(rows: Sequence[Done]) -> dict[UUID, Person]:
    ids = [_id(row) for row in rows]
    found: dict[UUID, Person] = {}
    for start in range(0, len(ids), AT_A_TIME):
        found.update(Person.objects.in_bulk(ids[start : start + AT_A_TIME]))
    return found


def _id(row: Done) -> UUID:
    return UUID(str(row.result.get("person") or row.person_id))


def _version(row: Done) -> int:
    return int(str(row.result["version"]))


def _before(row: Done) -> Mapping[str, str]:
    before: Mapping[str, str] = row.result["before"]  # type: ignore[assignment] # plain JSON
    return before
