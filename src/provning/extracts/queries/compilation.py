"""Everything about one person, at once (Förordning 2011:1108 4 kap. 11 §)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef

from provning.catalogues.models import GradeCatalogue
from provning.catalogues.policies import may_see_protected
from provning.exams.models import ExamGroup
from provning.exams.queries import group_scope, study_plan
from provning.extracts.models import Extract, ExtractDecision
from provning.extracts.policies import extract_scope
from provning.extracts.queries.standing import extract_rows
from provning.extracts.rows import CompiledDecision, ExtractRow, HeldCatalogue, PersonCompilation
from provning.grading.queries import person_decisions
from provning.grading.rows import DecisionRow
from provning.kernel.actors import Actor, Permission
from provning.kernel.terms import Season, Term
from provning.organisation.queries import UnitRow, units_for
from provning.people.queries import of_person, person_details

SEE = Permission.VIEW_CATALOGUES
HELD = re.compile(r'"decision":"([0-9a-f-]{36})"')
Holding = dict[UUID, frozenset[UUID]]
"""Decisions, by what holds them."""


def compile_person(actor: Actor, person_id: UUID) -> PersonCompilation:
    """Return what the actor may see of a person: who, placed where, graded how, on which papers.

    The same queries for any number of placements. Raises `NotFoundError` when the person is out of
    scope; a masked person's numbers, and papers that name them, are left out.
    """
    details = person_details(actor, person_id)
    scope = group_scope(actor, Permission.VIEW_GROUPS, "placement__group__")
    decisions = person_decisions([person_id], scope).get(person_id, [])
    catalogues, in_catalogues = _catalogues(actor, decisions)
    extracts, in_extracts = _extracts(actor, person_id, masked=details.row.masked)
    names = {each.id: each.document_id for each in catalogues}
    names |= {row.id: row.document_id for row in extracts}
    return PersonCompilation(
        details=details,
        placements=tuple(study_plan(actor, person_id)),
        decisions=tuple(
            CompiledDecision(
                row,
                catalogues=tuple(_holding(row.id, in_catalogues, names)),
                extracts=tuple(_holding(row.id, in_extracts, names)),
            )
            for row in decisions
        ),
        catalogues=tuple(catalogues),
        extracts=tuple(extracts),
    )


def _holding(decision_id: UUID, held: Holding, names: dict[UUID, str]) -> Iterable[str]:
    """Return the ids of the documents that hold a decision."""
    return (names[key] for key, decisions in held.items() if decision_id in decisions)


def _catalogues(actor: Actor, decisions: list[DecisionRow]) -> tuple[list[HeldCatalogue], Holding]:
    """Return the catalogue versions that hold one of the decisions, and which; two queries."""
    units = {unit.id: unit for unit in units_for(actor, SEE)}
    wanted = {row.id for row in decisions}
    found: list[HeldCatalogue] = []
    held: Holding = {}
    for each in _candidates({row.unit_id for row in decisions} & units.keys(), decisions):
        inside = wanted.intersection(map(UUID, HELD.findall(each.content)))
        if inside and _is_open(actor, units[each.unit_id], each):
            found.append(_held_catalogue(each, units[each.unit_id]))
            held[each.id] = frozenset(inside)
    return found, held


def _candidates(unit_ids: set[UUID], decisions: list[DecisionRow]) -> Iterable[GradeCatalogue]:
    """Return the versions for the units and terms in which something was decided."""
    if not unit_ids:
        return ()
    groups = ExamGroup.objects.filter(
        pk__in={row.group_id for row in decisions},
        unit=OuterRef("unit"),
        year=OuterRef("year"),
        season=OuterRef("season"),
    )
    catalogues = GradeCatalogue.objects.filter(Exists(groups), unit__in=unit_ids)
    return catalogues.order_by("made_at", "pk")


def _is_open(actor: Actor, unit: UnitRow, catalogue: GradeCatalogue) -> bool:
    """Say whether the actor may know of the part."""
    return catalogue.part == GradeCatalogue.Part.ORDINARY or may_see_protected(actor, unit)


def _held_catalogue(catalogue: GradeCatalogue, unit: UnitRow) -> HeldCatalogue:
    return HeldCatalogue(
        id=catalogue.id,
        document_id=catalogue.document_id,
        unit_name=unit.name,
        term=Term(catalogue.year, Season(catalogue.season)),
        version=catalogue.version,
        preliminary=catalogue.preliminary,
        made_at=catalogue.made_at,
        sha256=catalogue.stored_id,
        part=catalogue.part,
    )


def _extracts(actor: Actor, person_id: UUID, *, masked: bool) -> tuple[list[ExtractRow], Holding]:
    """Return the person's extracts, the newest first, and what each holds."""
    if masked:
        return [], {}
    extracts = Extract.objects.filter(extract_scope(actor, SEE), of_person(person_id))
    rows = extract_rows(extracts.order_by("-issued_at", "-document_id"))
    held: defaultdict[UUID, set[UUID]] = defaultdict(set)
    chosen = ExtractDecision.objects.filter(extract__in=[row.id for row in rows])
    for extract_id, decision_id in chosen.values_list("extract_id", "decision_id"):
        held[extract_id].add(decision_id)
    return rows, {row.id: frozenset(held[row.id]) for row in rows}
