"""What a unit's catalogue should say today, from the decisions: its parts, not yet numbered."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from provning.catalogues import rules
from provning.catalogues.compiling import Facts, Head, compile_parts
from provning.catalogues.content import CatalogueContent, Signer, SignerRole
from provning.courses.queries import courses_by_id
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.groups import VALID
from provning.grading.models import GradeDecision
from provning.grading.queries import term_decisions
from provning.grading.rows import DecisionRow
from provning.kernel.actors import system_actor
from provning.kernel.problems import NotFoundError, Problem, refuse_if
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Term
from provning.organisation.queries import UnitRow, principal_signs_all, term_dates
from provning.people.names import spoken_name
from provning.people.queries import person_rows, principals_for_unit

TEACHER = "LÄRARE"
READER = system_actor("Betygskatalogen", "catalogue")
"""Who reads names and numbers for a document: the paper masks nobody, its parts keep them apart."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Somebody who has a catalogue of their own to ask for; `decisions` is 0 for none yet."""

    person_id: UUID
    name: str
    decisions: int


def catalogue_parts(
    unit: UnitRow, term: Term, today: date, teacher_id: UUID | None = None
) -> list[CatalogueContent]:
    """Return what the parts should say, the ordinary one first; ten queries at most for any size.

    `teacher_id` narrows them to what one person decided; raises `NotFoundError` for who decides
    nothing in the unit. Raises `ProblemsFoundError` when there is nothing to say, with the reason.
    """
    decisions = term_decisions(unit.id, term)
    teacher = _teacher(unit, term, teacher_id) if teacher_id else None
    mine = [row for row in decisions if teacher is None or row.decided_by_id == teacher.person_id]
    refuse_if([] if mine else [_nothing(unit, term, teacher)])
    own = min(mine, key=lambda row: row.decider_role != TEACHER) if teacher else None
    head = _head(unit, term, today, own)
    return list(compile_parts(head, mine, _facts(mine)).values())


def deciders(unit_id: UUID, term: Term) -> list[Decider]:
    """Return who decided, or is to decide, grades in the unit's groups, in Swedish order.

    For programs; two queries.
    """
    decisions = GradeDecision.objects.filter(
        placement__group__unit_id=unit_id,
        placement__group__year=term.year,
        placement__group__season=term.season,
    )
    names: dict[UUID, str] = {}
    counts: dict[UUID, int] = {}
    counted = decisions.order_by("decided_by_name").values_list("decided_by_id", "decided_by_name")
    for key, name, number in counted.annotate(number=Count("pk")):
        names[key] = name
        counts[key] = counts.get(key, 0) + number
    groups = ExamGroup.objects.filter(unit_id=unit_id, year=term.year, season=term.season)
    teachers = groups.exclude(grading_teacher=None).select_related("grading_teacher")
    for person in (group.grading_teacher for group in teachers):
        if person:
            names.setdefault(person.pk, spoken_name(person.given_name, person.family_name))
    found = [Decider(key, name, counts.get(key, 0)) for key, name in names.items()]
    return sorted(found, key=lambda each: (sort_key(each.name), str(each.person_id)))


def _teacher(unit: UnitRow, term: Term, teacher_id: UUID) -> Decider:
    """Return whose decisions are asked for."""
    teacher = next((each for each in deciders(unit.id, term) if each.person_id == teacher_id), None)
    if teacher is None:
        raise NotFoundError("person")
    return teacher


def _nothing(unit: UnitRow, term: Term, teacher: Decider | None) -> Problem:
    """Say why there is no page: the teacher has none, all are withdrawn, or nothing is decided."""
    if teacher:
        return rules.teacher_has_none(teacher.name, unit.name, term)
    placements = Placement.objects.filter(
        group__unit_id=unit.id, group__year=term.year, group__season=term.season
    )
    placed = placements.count()
    if placed and not placements.filter(VALID, outcome=Placement.Outcome.PENDING).exists():
        return rules.all_withdrawn(placed, unit.name, term)
    return rules.nothing_decided(unit.name, term)


def _head(unit: UnitRow, term: Term, today: date, own: DecisionRow | None) -> Head:
    """Return what stands above every sheet; `own` is a decision of the teacher asked for."""
    last_day = term_dates(unit.provider_id, term).last_day
    preliminary = rules.is_preliminary(last_day, today)
    return Head(
        unit,
        term,
        preliminary,
        today,
        attested_by=None if preliminary else _attesting(unit, today),
        teacher=_signer(own) if own else None,
    )


def _signer(row: DecisionRow) -> Signer:
    """Return who decided, as a catalogue names them."""
    return Signer(str(row.decided_by_id), row.decided_by_name, SignerRole(row.decider_role))


def _attesting(unit: UnitRow, today: date) -> Signer | None:
    """Return the rektor who signs the whole catalogue, where local custom asks for it."""
    if not principal_signs_all(unit.organiser_id, today):
        return None
    principals = principals_for_unit(unit.id, today)
    refuse_if([] if principals else [rules.no_principal(unit.name)])
    return Signer(str(principals[0].person_id), principals[0].name, SignerRole.PRINCIPAL)


def _facts(decisions: list[DecisionRow]) -> Facts:
    """Return the persons and courses that the decisions speak of."""
    return Facts(
        persons=person_rows(READER, {each.person_id for each in decisions}),
        courses=courses_by_id({each.course_id for each in decisions}),
    )
