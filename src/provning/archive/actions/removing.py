"""Which action removes which kind: each in the room that owns the rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol
from uuid import UUID

from provning.access.actions import dispose_entries
from provning.accounts.actions import dispose_sessions
from provning.applications.actions.disposal import dispose_requests
from provning.archive.above import disposed_above
from provning.archive.actions.jobs import dispose_jobs
from provning.catalogues.actions.disposal import dispose_orders, dispose_signing_orders
from provning.clients.actions.disposal import dispose_calls, dispose_tokens
from provning.exams.actions.disposal import dispose_outcome_reasons
from provning.extracts.actions.disposal import dispose_extract_orders
from provning.grading.actions.disposal import dispose_drafts
from provning.kernel.actors import Actor
from provning.publishing.actions.reporting import dispose_reports
from provning.reporting.actions.disposal import dispose_report_orders


class OrganisersDispose(Protocol):
    """An action that removes an organiser's rows."""

    def __call__(
        self, *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
    ) -> int:
        """Remove the rows of the keys; returns how many."""


class InstallationsDispose(Protocol):
    """An action that removes rows that belong to no organiser."""

    def __call__(self, *, actor: Actor, before: date, keys: Iterable[str]) -> int:
        """Remove the rows of the keys; returns how many."""


ORGANISERS: Mapping[str, OrganisersDispose] = {
    "requests": dispose_requests,
    "outcome_reasons": dispose_outcome_reasons,
    "drafts": dispose_drafts,
    "orders": dispose_orders,
    "signing_orders": dispose_signing_orders,
    "extract_orders": dispose_extract_orders,
    "report_orders": dispose_report_orders,
    "imports": disposed_above("imports"),
    "comparisons": disposed_above("comparisons"),
}
INSTALLATIONS: Mapping[str, InstallationsDispose] = {
    "sessions": dispose_sessions,
    "access": dispose_entries,
    "calls": dispose_calls,
    "reports": dispose_reports,
    "tokens": dispose_tokens,
    "jobs": dispose_jobs,
}
