"""Reading the control list: what an authority would refuse or count wrongly, within a scope.

The whole period has to be judged to know what is in it. A screen that pages through it reads an
index that was made some minutes ago at most, and judges anew only what a page shows.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.core.cache import cache
from django.db.models import Q, QuerySet

from provning import __version__
from provning.exams.models import Placement
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.organisation.queries import unit_scope
from provning.people.queries import person_rows
from provning.reporting.control_rows import (
    ControlCount,
    ControlIndex,
    ControlList,
    ControlRow,
)
from provning.reporting.layout import Target
from provning.reporting.policies import VIEW
from provning.reporting.queries.source import source_rows, trials
from provning.reporting.queries.views import view_for
from provning.reporting.rows import ControlEntry
from provning.reporting.rules import Finding, Severity, View, judge

MENDED_BY_TIME = frozenset({"report-grade-waiting", "report-exam-ahead"})
ORDER = {each: place for place, each in enumerate(Severity)}
KEPT = timedelta(minutes=5)
"""How long an index is read again."""


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
    found: list[Finding] = []
    blanks: set[tuple[str, str]] = set()
    written = graded = 0
    for row in source_rows(_trials(actor, view, organiser_id, provider_id)):
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


def control_index(
    actor: Actor,
    *,
    organiser_id: UUID,
    target: Target,
    term: Term,
    today: date,
    now: datetime,
    provider_id: UUID | None = None,
    code: str = "",
    after: datetime | None = None,
) -> ControlIndex:
    """Return which prövningar the list speaks of, as it was at most `KEPT` ago; one query then.

    An index of before `after` is made anew. It is kept for everybody of the same scope, and says
    nothing of anybody.
    """
    asked = (organiser_id, target, term.code, today, provider_id, sorted(map(str, _places(actor))))
    # What another version has kept may have another shape.
    key = f"control-{sha256(repr((__version__, asked)).encode()).hexdigest()}"
    found: ControlIndex | None = cache.get(key)
    fresh = found is not None and found.counted_at > max(now - KEPT, after or now - KEPT)
    if found is None or not fresh:
        listed = control_list(
            actor,
            organiser_id=organiser_id,
            target=target,
            term=term,
            today=today,
            provider_id=provider_id,
        )
        found = _index(listed, now)
        cache.set(key, found, KEPT.total_seconds())
    return replace(found, entries=tuple(each for each in found.entries if code in {"", each.code}))


def findings_now(
    actor: Actor,
    entries: Sequence[ControlEntry],
    *,
    organiser_id: UUID,
    target: Target,
    term: Term,
    today: date,
) -> list[Finding]:
    """Return what some entries of an index say now, without what has been mended; three queries."""
    view = view_for(organiser_id, target, term, today)
    wanted = {each.placement_id for each in entries}
    some = _trials(actor, view, organiser_id, None).filter(pk__in=wanted)
    judged = (finding for row in source_rows(some) for finding in judge(row, view).findings)
    found = {ControlEntry(each.row.placement_id, each.problem.code): each for each in judged}
    return [found[entry] for entry in entries if entry in found]


def control_rows(actor: Actor, findings: Sequence[Finding]) -> list[ControlRow]:
    """Return a part of the list with its persons as the actor may see them; one query."""
    persons = person_rows(actor, {each.row.person_id for each in findings})
    return [ControlRow(each, persons[each.row.person_id]) for each in findings]


def _trials(
    actor: Actor, view: View, organiser_id: UUID, provider_id: UUID | None
) -> QuerySet[Placement]:
    """Return the prövningar of the file, as far as the actor's scope reaches."""
    scope = unit_scope(actor, VIEW, "group__unit")
    if provider_id is not None:
        scope &= Q(group__unit__provider=provider_id)
    return trials(organiser_id, view.term, view.layout.period(view.term), scope)


def _places(actor: Actor) -> list[tuple[str, UUID | None]]:
    return [(each.kind.value, each.id) for each in actor.scopes(VIEW)]


def _index(found: ControlList, now: datetime) -> ControlIndex:
    """Return a list without what it says of anybody."""
    return ControlIndex(
        counts=found.counts,
        written=found.written,
        graded=found.graded,
        left_out=found.left_out,
        blanks=found.blanks,
        period=found.period,
        trials_in=found.trials_in,
        entries=tuple(
            ControlEntry(each.row.placement_id, each.problem.code) for each in found.findings
        ),
        counted_at=now,
    )


def _place(finding: Finding) -> tuple[int, bool, str, str, date]:
    """Order by how bad it is, then by what it is, group and date; what time mends comes last."""
    row, code = finding.row, finding.problem.code
    return ORDER[finding.severity], code in MENDED_BY_TIME, code, row.group_name, row.exam_date


def _counts(counted: Counter[tuple[str, Severity]]) -> tuple[ControlCount, ...]:
    counts = [ControlCount(code, severity, number) for (code, severity), number in counted.items()]
    return tuple(sorted(counts, key=lambda each: (ORDER[each.severity], -each.number, each.code)))
