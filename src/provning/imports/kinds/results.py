"""Results: typed grades, as drafts or proposals, and why an examination gave none.

A grade from a file is what somebody has typed and nothing more: who decides, decides afterwards,
by the same rules as ever (Skollagen 3 kap. 16 §). A decided grade is never touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_noop

from provning.courses.queries import courses_by_id
from provning.courses.rows import CourseRow
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries.groups import VALID
from provning.exams.queries.scope import group_scope
from provning.exams.rules import outcome_problems
from provning.grading.models import GradeDraft
from provning.grading.queries.decisions import decided_by_placement
from provning.grading.queries.sheet import lock_of
from provning.grading.rows.sheet import Decided
from provning.grading.rules import Attempt, attempt_problems, locked, value_problems
from provning.imports import row_rules
from provning.imports.kind import ImportKind
from provning.imports.kinds.cells import (
    EXAM_DATE,
    GROUP,
    NAME,
    PERSON,
    UNIT,
    Groups,
    day_of,
    wrong,
)
from provning.imports.kinds.result_writing import commit, undo
from provning.imports.kinds.rows import first_match
from provning.imports.knowing import Written, read_written
from provning.imports.plans import Difference, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.grade_scales import normalise_value
from provning.kernel.problems import Problem
from provning.people.models import Person, PersonNumber
from provning.people.names import shares_a_word, sorted_name

DRAFT = Permission.DRAFT_GRADES
Outcome = Placement.Outcome
OUTCOMES = {
    "kom inte": Outcome.ABSENT,
    "uteblev": Outcome.ABSENT,
    "frånvarande": Outcome.ABSENT,
    "gjorde inte alla delar": Outcome.INCOMPLETE,
    "ofullständig": Outcome.INCOMPLETE,
    "kunde inte visa legitimation": Outcome.NO_IDENTIFICATION,
    "saknade legitimation": Outcome.NO_IDENTIFICATION,
}
FIELDS = (
    PERSON,
    NAME,
    GROUP,
    replace(
        EXAM_DATE,
        required=False,
        hint=gettext_noop("Behövs när eleven är placerad flera gånger i gruppen."),
    ),
    Field(
        "grade",
        gettext_noop("Betyg"),
        gettext_noop("Sparas som utkast eller förslag. Läraren beslutar som vanligt."),
        "C",
        ("Betygsvärde", "Resultat", "Slutbetyg"),
    ),
    Field(
        "outcome",
        gettext_noop("Utfall"),
        gettext_noop(
            "I stället för betyg: kom inte, gjorde inte alla delar eller kunde inte visa"
            " legitimation."
        ),
        "",
        ("Orsak", "Frånvaro"),
    ),
    Field(
        "reason",
        gettext_noop("Skäl"),
        gettext_noop("Vilka delar som inte gjordes, när alla inte gjordes."),
        "",
        ("Kommentar", "Anteckning"),
    ),
    UNIT,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows need to know, read at once; placements by group and number or case number."""

    groups: Groups
    courses: dict[UUID, CourseRow]
    placed: dict[tuple[UUID, str], list[Placement]]
    drafts: dict[UUID, GradeDraft]
    decisions: dict[UUID, Decided]
    today: date


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row; a constant number of queries."""
    written = [read_written(row.text("identity_number"), setting.today) for row in rows]
    facts = _facts(setting, rows, written)
    return [_plan(row, who, facts) for row, who in zip(rows, written, strict=True)]


def _facts(setting: Setting, rows: Sequence[SourceRow], written: Sequence[Written]) -> Facts:
    """Read the groups that are named, and the placements in them of whom is named."""
    groups = Groups(setting, DRAFT, rows)
    chosen = {each.id: each for found in groups.by_name.values() for each in found}
    numbers = {each.number.normal for each in written if each.number}
    owners = PersonNumber.objects.filter(number__in=numbers).values_list("person_id", "number")
    by_person: dict[UUID, set[str]] = {}
    for person_id, number in owners:
        by_person.setdefault(person_id, set()).add(number)
    cases = {each.case_number for each in written if each.case_number}
    placements = (
        Placement.objects.filter(VALID, group_scope(setting.actor, DRAFT, "group__"))
        .filter(Q(person__in=list(by_person)) | Q(person__case_number__in=cases))
        .filter(group__in=list(chosen))
        .select_related("person")
    )
    placed: dict[tuple[UUID, str], list[Placement]] = {}
    ids = []
    for each in placements:
        ids.append(each.id)
        for key in {*by_person.get(each.person_id, ()), each.person.case_number or ""} - {""}:
            placed.setdefault((each.group_id, key), []).append(each)
    return Facts(
        groups,
        courses_by_id({each.course_id for each in chosen.values()}),
        placed,
        {each.placement_id: each for each in GradeDraft.objects.filter(placement__in=ids)},
        decided_by_placement(ids),
        setting.today,
    )


def _plan(row: SourceRow, who: Written, facts: Facts) -> Plan:
    """Say what would become of one row."""
    group, day = facts.groups.of(row), day_of(row, "exam_date")
    base = Plan(row.number, Verdict.REFUSED, what=row.text("group") or row.text("name"))
    problems = [*who.problems, *wrong(group, day)]
    if row.text("grade") and row.text("outcome"):
        problems.append(row_rules.grade_and_outcome())
    if isinstance(group, Problem) or problems:
        return replace(base, problems=tuple(problems))
    there = [
        each
        for each in facts.placed.get((group.id, who.key), [])
        if day is None or each.exam_date == day
    ]
    if len(there) != 1:
        problem = row_rules.several_placements() if there else row_rules.not_placed()
        return replace(base, problems=(problem,))
    return _on_placement(base, row, group, there[0], facts)


def _on_placement(
    base: Plan, row: SourceRow, group: ExamGroup, placement: Placement, facts: Facts
) -> Plan:
    """Plan a row whose placement is clear."""
    person = placement.person
    base = replace(
        base,
        key=f"{group.id}:{placement.id}",
        person_id=person.id,
        protected=person.is_protected,
        candidates=(person.id,),
    )
    question = _doubt(row, person)
    if question and row.choice != str(person.id):
        return replace(base, verdict=Verdict.CHOICE, problems=(question,))
    base = replace(base, candidates=())
    if row.text("outcome").strip():
        return _outcome(base, row, placement, facts)
    if row.text("grade").strip():
        return _grade(base, row, group, placement, facts)
    return replace(base, verdict=Verdict.UNCHANGED)


def _doubt(row: SourceRow, person: Person) -> Problem | None:
    """Ask whether it is the same person when the names have nothing in common.

    Of a protected person nothing is asked: the question would tell the name.
    """
    name = sorted_name(person.given_name, person.family_name)
    if person.is_protected or shares_a_word(name, row.text("name")):
        return None
    return row_rules.other_name(name, row.text("name"))


def _grade(
    base: Plan, row: SourceRow, group: ExamGroup, placement: Placement, facts: Facts
) -> Plan:
    """Plan a typed grade."""
    value = normalise_value(row.text("grade"))
    decision, draft = facts.decisions.get(placement.id), facts.drafts.get(placement.id)
    if decision is not None and decision.value == value:
        return replace(base, verdict=Verdict.UNCHANGED)
    if decision is None and draft is not None and draft.value == value:
        return replace(base, verdict=Verdict.UNCHANGED)
    problems = _grade_problems(value, group, placement, decision, facts)
    if problems:
        return replace(base, problems=tuple(replace(each, field="grade") for each in problems))
    before = draft.value if draft else ""
    return replace(
        base,
        verdict=Verdict.CHANGED if before else Verdict.NEW,
        differences=(Difference("grade", before, value),),
        data={
            "placement": str(placement.id),
            "group": str(group.id),
            "grade": value,
            "version": draft.version if draft else 0,
        },
    )


def _grade_problems(
    value: str,
    group: ExamGroup,
    placement: Placement,
    decision: Decided | None,
    facts: Facts,
) -> list[Problem]:
    """Return what the rules of grades have against it."""
    outcome = Outcome(placement.outcome)
    attempt = Attempt(
        placement.id,
        placement.exam_date,
        str(outcome.label) if outcome.value else "",
        superseded=False,
        lock=lock_of(decision) if decision else None,
        deceased=placement.person.status == Person.Status.DECEASED,
        is_own_teacher=placement.person_id
        in {group.grading_teacher_id, group.co_grading_teacher_id},
    )
    ready = group.grading_teacher_id is not None
    problems = attempt_problems(attempt, group.name, facts.today, ready=ready)
    if locked(attempt):
        return problems
    family = facts.courses[group.course_id].scale_family
    return [*problems, *value_problems(value, family, attempt)]


def _outcome(base: Plan, row: SourceRow, placement: Placement, facts: Facts) -> Plan:
    """Plan why the examination gave no grade."""
    labels = {str(each.label): each for each in Outcome if each.value} | OUTCOMES
    written = first_match(labels, row.text("outcome"))
    outcome, reason = labels.get(written), row.text("reason").strip()
    if outcome is None or outcome is Outcome.WITHDRAWN:
        choices = "kom inte, gjorde inte alla delar / kunde inte visa legitimation"
        problem = row_rules.not_a_value("outcome", row.text("outcome"), choices)
        return replace(base, problems=(problem,))
    if (placement.outcome, placement.outcome_reason) == (outcome.value, reason):
        return replace(base, verdict=Verdict.UNCHANGED)
    problems = outcome_problems(
        outcome.value, reason, exam_date=placement.exam_date, today=facts.today
    )
    decision = facts.decisions.get(placement.id)
    if decision:
        attempt = Attempt(
            placement.id, placement.exam_date, "", superseded=False, lock=lock_of(decision)
        )
        problems += [each for each in [locked(attempt)] if each]
    if problems:
        return replace(base, problems=tuple(problems))
    before = Outcome(placement.outcome)
    return replace(
        base,
        verdict=Verdict.CHANGED if before.value else Verdict.NEW,
        differences=(
            Difference("outcome", str(before.label) if before.value else "", str(outcome.label)),
        ),
        data={
            "placement": str(placement.id),
            "version": placement.version,
            "outcome": outcome.value,
            "reason": reason,
            "before": [placement.outcome, placement.outcome_reason],
        },
    )


KIND = ImportKind(
    key="results",
    slug="resultat",
    label=gettext_noop("Resultat"),
    lead=gettext_noop(
        "Skriv in betyg som utkast eller förslag, och varför en prövning inte gav betyg."
    ),
    permission=DRAFT,
    wide=False,
    fields=FIELDS,
    plan=plan,
    commit=commit,
    undo=undo,
    gathered=True,
)
