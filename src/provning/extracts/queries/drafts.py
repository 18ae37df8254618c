"""An extract before it is issued: the chosen grades, who issues, and what would stand on paper."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from provning.catalogues.compiling import SCHOOL_FORM
from provning.courses.kinds import Curriculum
from provning.courses.queries import courses_by_id, subject_levels
from provning.extracts import policies, rules
from provning.extracts.compiling import Register, compile_sections
from provning.extracts.content import ExtractContent
from provning.extracts.rows import Issuer, IssuerKind
from provning.grading.queries import person_decisions
from provning.grading.rows import DecisionRow
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError, Problem, refuse_if
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import UnitRow, policy_value, unit_scope
from provning.people.queries import PersonRow, person_for, principals_for_unit

LONGEST_SIGNER = 200


@dataclass(frozen=True, slots=True)
class Draft:
    """An extract as it would be issued; `content` has no document id yet."""

    person: PersonRow
    issuer: Issuer
    decisions: tuple[DecisionRow, ...]
    content: ExtractContent


def draft_extract(
    actor: Actor, person_id: UUID, decision_ids: Collection[UUID], *, english: bool, today: date
) -> Draft:
    """Return the extract of the chosen grades.

    Raises `NotFoundError` (a person or a grade out of scope), `NotAllowedError` (a protected
    identity that the actor may not see) and `ProblemsFoundError` with everything that stands
    against it.
    """
    person = person_for(actor, person_id)
    policies.require_unmasked(person)
    units = policies.issuing_units(actor)
    chosen = _chosen(actor, person_id, decision_ids)
    refuse_if([] if chosen else rules.choice_problems((), IssuerKind.PROVIDER))
    unit = units[chosen[0].unit_id]
    issuer = issuer_for(unit, today)
    refuse_if(
        [
            *rules.choice_problems(chosen, issuer.kind),
            *problems_for(actor, unit, issuer),
        ]
    )
    issuer = _on_delegation(actor, unit, issuer)
    content = _content(person, issuer, chosen, english=english, today=today)
    return Draft(person, issuer, chosen, content)


def _on_delegation(actor: Actor, unit: UnitRow, issuer: Issuer) -> Issuer:
    """Let the paper name who signs, and on whose delegation, when it is not rektor."""
    by = policies.delegated_by(actor, unit)
    signs = f"{actor.name}, på delegation av {issuer.principal_name}"[:LONGEST_SIGNER]
    return replace(issuer, principal_name=signs, delegated_by=by) if by else issuer


def issuer_for(unit: UnitRow, today: date) -> Issuer:
    """Return who issues extracts out of the unit's catalogue; two queries at most."""
    kind = policies.issuer_kind(unit.organiser_id, today)
    by_organiser = kind is IssuerKind.ORGANISER
    if by_organiser:
        principal = str(policy_value(unit.organiser_id, PolicyKey.EXTRACT_PRINCIPAL, today))
    else:
        principal = unit.principal_name or _principal_on_duty(unit, today)
    return Issuer(
        kind=kind,
        organiser_id=unit.organiser_id,
        organiser_name=unit.organiser_name,
        municipality_code=unit.municipality_code,
        municipality_name=unit.municipality_name,
        unit_id=None if by_organiser else unit.id,
        unit_name="" if by_organiser else unit.name,
        unit_code="" if by_organiser else unit.code,
        provider_name="" if by_organiser else unit.provider_name,
        principal_name=principal,
    )


def _principal_on_duty(unit: UnitRow, today: date) -> str:
    """Return who is rektor of the unit by the register of duties, "" when nobody is; one query."""
    principals = principals_for_unit(unit.id, today)
    return principals[0].name if principals else ""


def problems_for(actor: Actor, unit: UnitRow, issuer: Issuer) -> list[Problem]:
    """Say why the actor cannot issue out of the unit's catalogue."""
    return rules.issuer_problems(
        issuer.kind,
        issuer.organiser_name,
        issuer.principal_name,
        issuer.unit_name or issuer.organiser_name,
        may=policies.may_issue(actor, unit, issuer.kind),
    )


def numbered(content: ExtractContent, document_id: str, *, replaces: str = "") -> ExtractContent:
    """Return the content as it is printed: with its id, and the id of what it replaces."""
    return replace(content, document_id=document_id, replaces=replaces)


def register_of(decisions: Iterable[DecisionRow]) -> Register:
    """Return the courses of the decisions and the levels of their subjects; two queries."""
    courses = courses_by_id({row.course_id for row in decisions})
    subjects = {
        each.subject_code for each in courses.values() if each.curriculum is Curriculum.GY25
    }
    return Register(courses, tuple(subject_levels(subjects)))


def _chosen(
    actor: Actor, person_id: UUID, decision_ids: Collection[UUID]
) -> tuple[DecisionRow, ...]:
    """Return the person's chosen decisions; one that is out of scope is not found."""
    wanted = set(decision_ids)
    scope = unit_scope(actor, policies.ISSUE, "placement__group__unit")
    rows = person_decisions([person_id], scope).get(person_id, []) if wanted else []
    chosen = tuple(row for row in rows if row.id in wanted)
    if len(chosen) != len(wanted):
        raise NotFoundError("grade_decision")
    return chosen


def _content(
    person: PersonRow,
    issuer: Issuer,
    chosen: tuple[DecisionRow, ...],
    *,
    english: bool,
    today: date,
) -> ExtractContent:
    return ExtractContent(
        document_id="",
        copy_of="",
        copied_on=None,
        replaces="",
        english=english,
        organiser=issuer.organiser_name,
        municipality=issuer.municipality_name,
        municipality_code=issuer.municipality_code,
        unit_name=issuer.unit_name,
        provider_name=issuer.provider_name,
        unit_code=issuer.unit_code,
        principal_name=issuer.principal_name,
        school_form=SCHOOL_FORM,
        issued_on=today,
        identity_number=person.number_display,
        last_name=person.family_name,
        first_name=person.given_name,
        sections=compile_sections(chosen, register_of(chosen)),
    )
