"""The job behind a comparison: it reads, compares and keeps the answer, then drops the files."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from provning.accounts.queries import user_by_id
from provning.comparisons import rules
from provning.comparisons.actions.holding import drop_pieces, looked_at, now, unmapped
from provning.comparisons.models import Comparison, ComparisonRow
from provning.comparisons.policies import require_place
from provning.comparisons.queries.placements import stored_placements
from provning.comparisons.rows import UNREAD, answer_of, facts_of
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    NotAllowedError,
    NotFoundError,
    Problem,
    ProblemsFoundError,
)
from provning.kernel.terms import Term
from provning.organisation.queries import register_within_days
from provning.people.queries import actor_for
from provning.reconciliation import (
    Fault,
    Mismatch,
    Period,
    Placement,
    Remark,
    Report,
    Side,
    grades_in,
    packaged_scales,
    persons_in,
    placements_in,
    reconcile,
)

LOG = logging.getLogger(__name__)
SAID_EVERY = 5000
AT_A_TIME = 2000
Read = TypeVar("Read")


def run_comparison(*, comparison_id: UUID, today: date, actor: Actor | None = None) -> None:
    """Compare, if the comparison waits for a job; done with the rights that who asked has now."""
    comparison = _claimed(comparison_id)
    if comparison is None:
        return
    with unmapped(connection):
        _run(comparison, actor, today)


def _run(comparison: Comparison, actor: Actor | None, today: date) -> None:
    """Compare and keep the answer, or say why not."""
    try:
        asker = actor or _asker(comparison, today)
        require_place(asker, comparison.provider_id)
        report = _compared(comparison, asker, today)
    except ProblemsFoundError as error:
        _failed(comparison, error.problems)
    except (NotAllowedError, NotFoundError):
        _failed(comparison, [rules.rights_lost()])
    except Exception:  # a fault of ours must not leave the comparison hanging
        LOG.exception("comparison %s", comparison.id)
        _failed(comparison, [rules.went_wrong()])
    else:
        _keep(comparison, report)


@transaction.atomic
def _claimed(comparison_id: UUID) -> Comparison | None:
    """Take a comparison that waits for a job; None when another job has it or it is gone."""
    found = Comparison.objects.select_for_update(of=("self",)).filter(pk=comparison_id)
    comparison = found.filter(queued=True).first()
    if comparison:
        comparison.queued, comparison.progress_at, comparison.read = False, now(), 0
        comparison.save(update_fields=["queued", "progress_at", "read"])
    return comparison


def _asker(comparison: Comparison, today: date) -> Actor:
    """Return who asked, with the rights that they have today."""
    try:
        user = user_by_id(UUID(comparison.asked_by_account))
    except ValueError:
        user = None
    if user is None:
        raise NotAllowedError("account")
    return actor_for(user, today)


def _compared(comparison: Comparison, actor: Actor, today: date) -> Report:
    """Read both sides and compare them."""
    files = {Side(each.side): each for each in comparison.files.all()}
    counter = _Counter(comparison.id)
    with looked_at(files) as sources:
        hidden, period = 0, None
        if comparison.stored:
            term = Term.parse(comparison.term)
            own, hidden = stored_placements(actor, comparison.provider_id, term)
            placements: Iterator[Placement | Fault] = iter(own)
            period = Period(term.first_day, term.last_day)
        else:
            placements = placements_in(sources[Side.PLACEMENTS], today=today)
        given = sources.get(Side.PERSONS)
        report = reconcile(
            counter.counted(placements),
            counter.counted(grades_in(sources[Side.GRADES], today=today)),
            today=today,
            courses=packaged_scales(),
            days=register_within_days(comparison.organiser_id, today),
            persons=persons_in(given, today=today) if given else None,
            period=period,
        )
    if not hidden:
        return report
    return replace(report, remarks=(*report.remarks, Remark(rules.hidden_persons(hidden))))


class _Counter:
    """Says how far the reading has come, so that a page can show it."""

    def __init__(self, comparison_id: UUID) -> None:
        """Begin before the first row."""
        self._id = comparison_id
        self._read = 0

    def counted(self, rows: Iterable[Read]) -> Iterator[Read]:
        """Give the rows and tell the database now and then."""
        for row in rows:
            self._read += 1
            if self._read % SAID_EVERY == 0:
                self._say()
            yield row
        self._say()

    def _say(self) -> None:
        Comparison.objects.filter(pk=self._id).update(read=self._read, progress_at=now())


@transaction.atomic
def _keep(comparison: Comparison, report: Report) -> None:
    """Keep the answer and drop the files; nothing when it has been removed meanwhile."""
    found = Comparison.objects.select_for_update(of=("self",)).filter(pk=comparison.pk)
    held = found.filter(status=Comparison.Status.RUNNING, queued=False).first()
    if held is None:
        return
    found_rows: tuple[Mismatch | Fault, ...] = (*report.mismatches, *report.faults)
    rows = (
        ComparisonRow(
            comparison=held,
            number=number,
            kind=UNREAD if isinstance(each, Fault) else each.kind.value,
            facts=facts_of(each),
        )
        for number, each in enumerate(found_rows, start=1)
    )
    ComparisonRow.objects.bulk_create(rows, batch_size=AT_A_TIME)
    held.status, held.progress_at, held.answer = Comparison.Status.DONE, now(), answer_of(report)
    held.save(update_fields=["status", "progress_at", "answer"])
    drop_pieces(held)


@transaction.atomic
def _failed(comparison: Comparison, problems: Iterable[Problem]) -> None:
    """Say why nothing was compared, and drop the files."""
    found = Comparison.objects.select_for_update(of=("self",)).filter(pk=comparison.pk)
    held = found.filter(status=Comparison.Status.RUNNING).first()
    if held is None:
        return
    held.status, held.progress_at = Comparison.Status.FAILED, now()
    held.faults = [each.facts() for each in problems]
    held.save(update_fields=["status", "progress_at", "faults"])
    drop_pieces(held)
