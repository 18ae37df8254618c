"""Reading the control list: what an authority would refuse or count wrongly, within a scope."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.organisation.queries import unit_scope
from provning.people.queries import person_rows
from provning.reporting.control_rows import ControlCount, ControlList, ControlRow
from provning.reporting.layout import Target
from provning.reporting.policies import VIEW
from provning.reporting.queries.source import source_rows, trials
from provning.reporting.queries.views import view_for
from provning.reporting.rules import Finding, Severity, judge

MENDED_BY_TIME = frozenset({"report-grade-waiting", "report-exam-ahead"})
ORDER = {each: place for place, each in enumerate(Severity)}


def control_list(
    actor: Actor,
    *,
    organiser_id: UUID,
    target: Target,
    term: Term,
    today: date,
    provider_id: UUID | None = None,
    code: str = "",
) -> ControlList:
    """Return what is to be seen to in the organiser's file, as far as the actor's scope reaches.

    `provider_id` and `code` narrow the list down to one provider or one sort of thing. Three
    queries for any number.
    """
    view = view_for(organiser_id, target, term, today)
    scope = unit_scope(actor, VIEW, "group__unit")
    if provider_id is not None:
        scope &= Q(group__unit__provider=provider_id)
    found: list[Finding] = []
    blanks: set[tuple[str, str]] = set()
    written = graded = 0
    for row in source_rows(trials(organiser_id, term, view.layout.period(term), scope)):
        each = judge(row, view)
        found.extend(each.findings)
        if each.line:
            written += 1
            graded += bool(row.grade)
            blanks.update(each.line.unknown)
    counted = Counter((finding.problem.code, finding.severity) for finding in found)
    found.sort(key=_place)
    return ControlList(
        counts=_counts(counted),
        findings=tuple(each for each in found if not code or each.problem.code == code),
        written=written,
        graded=graded,
        left_out=sum(each.severity is Severity.LEFT_OUT for each in found),
        blanks=tuple(sorted(blanks)),
        period=view.layout.period(term),
        trials_in=view.trials_in,
    )


def control_rows(actor: Actor, findings: Sequence[Finding]) -> list[ControlRow]:
    """Return a part of the list with its persons as the actor may see them; one query."""
    persons = person_rows(actor, {each.row.person_id for each in findings})
    return [ControlRow(each, persons[each.row.person_id]) for each in findings]


def _place(finding: Finding) -> tuple[int, bool, str, str, date]:
    """Order by how bad it is, then by what it is, group and date; what time mends comes last."""
    row, code = finding.row, finding.problem.code
    return ORDER[finding.severity], code in MENDED_BY_TIME, code, row.group_name, row.exam_date


def _counts(counted: Counter[tuple[str, Severity]]) -> tuple[ControlCount, ...]:
    counts = [ControlCount(code, severity, number) for (code, severity), number in counted.items()]
    return tuple(sorted(counts, key=lambda each: (ORDER[each.severity], -each.number, each.code)))
