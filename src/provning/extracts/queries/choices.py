"""What a person may have in an extract, by who issues it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.extracts.compiling import Register, covered_of, name_of
from provning.extracts.queries.drafts import issuer_for, problems_for, register_of
from provning.extracts.rows import Choice, Issuer, IssuerChoices
from provning.grading.queries import person_decisions
from provning.grading.replacement import is_pass
from provning.grading.rows import DecisionRow
from provning.kernel.actors import Actor, Permission
from provning.organisation.queries import UnitRow, unit_scope, units_for
from provning.people.queries import person_for

SEE = Permission.VIEW_CATALOGUES


def extract_choices(actor: Actor, person_id: UUID, today: date) -> list[IssuerChoices]:
    """Return the grades that stand, by who puts them in an extract, in Swedish order of issuer.

    Only out of catalogues that the actor may see; an issuer that is not the actor says why.
    Raises `NotFoundError` when the person is out of scope; a masked person has no choices.
    """
    person = person_for(actor, person_id)
    if person.masked:
        return []
    units = {unit.id: unit for unit in units_for(actor, SEE)}
    scope = unit_scope(actor, SEE, "placement__group__unit")
    rows = person_decisions([person_id], scope).get(person_id, [])
    standing = [row for row in rows if row.stands]
    register = register_of(standing)
    return [
        IssuerChoices(
            each.issuer,
            tuple(_choice(row, register) for row in each.rows),
            tuple(problems_for(actor, each.unit, each.issuer)),
        )
        for each in _by_issuer(standing, units, today)
    ]


@dataclass(frozen=True, slots=True)
class _Share:
    """One issuer's part of a person's grades, and a unit that it comes from."""

    issuer: Issuer
    unit: UnitRow
    rows: tuple[DecisionRow, ...]


def _by_issuer(rows: list[DecisionRow], units: dict[UUID, UnitRow], today: date) -> list[_Share]:
    """Return the grades of each issuer, units in Swedish order."""
    shared: defaultdict[tuple[UUID, UUID | None], list[DecisionRow]] = defaultdict(list)
    issuers = {unit_id: issuer_for(units[unit_id], today) for unit_id in {r.unit_id for r in rows}}
    for row in rows:
        issuer = issuers[row.unit_id]
        shared[issuer.organiser_id, issuer.unit_id].append(row)
    order = list(units)
    return [
        _Share(issuers[found[0].unit_id], units[found[0].unit_id], tuple(found))
        for found in sorted(shared.values(), key=lambda each: order.index(each[0].unit_id))
    ]


def _choice(row: DecisionRow, register: Register) -> Choice:
    course = register.courses[row.course_id]
    covered = covered_of(row, course, register)
    return Choice(
        decision_id=row.id,
        course_name=name_of(row, course),
        course_code=row.course_code,
        levels=covered.levels,
        points=covered.points,
        value=row.value,
        passed=is_pass(row.value, row.scale_id),
        exam_date=row.exam_date,
        unit_name=row.unit_name,
        replaced_by=row.covered_by.course_code if row.covered_by else "",
    )
