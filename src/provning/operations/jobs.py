"""Background jobs as the administrator meets them: what, how it went, and nothing of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, overload
from uuid import UUID

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.accounts.policies import may_everywhere
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError

if TYPE_CHECKING:
    from django.db.models import QuerySet

MANAGE = Permission.MANAGE_ORGANISATION
CANCELLED = "cancelled"
LOST = "lost"
KIND_LABELS = {
    "send_invitation": "Inbjudan att välja lösenord",
    "send_reset": "Länk till ett nytt lösenord",
    "send_role_notice": "Besked om att roller har ändrats",
    "send_link_notice": "Besked om att det har ändrats vems ett konto är",
    "send_sign_in_notice": "Besked om att sättet att logga in har ändrats",
    "send_notice": "Meddelande om en begäran",
    "send_reminder": "Påminnelse om en leverans",
    "remind": "Daglig genomgång av leveranser",
    "make_ordered_catalogue": "Betygskatalog",
    "sign_ordered_catalogue": "Elektronisk underskrift",
    "seal_and_check_signatures": "Försegling och kontroll av underskrifter",
    "run_asked_comparison": "Avstämning",
    "remove_what_expired": "Borttagning av avstämningar som ingen längre kan läsa",
    "issue_ordered_extracts": "Utdrag ur betygskatalogen",
    "run_staged_import": "Inläsning av en fil",
    "tell": "Besked till andra system",
    "make_ordered_extract": "Underlag till en myndighet",
}
RUN_AGAIN = frozenset(
    {"send_notice", "send_reminder", "send_sign_in_notice", "seal_and_check_signatures"}
)
"""What does no harm twice; the rest is ordered anew where it was ordered."""
CANCEL = frozenset({"send_notice", "send_reminder"})
"""What nobody waits for an answer from."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job: `kind` is its function's name, `failure` what stopped it as a class, "" for none."""

    id: UUID
    kind: str
    status: str
    enqueued_at: datetime
    finished_at: datetime | None
    failure: str

    @property
    def may_run_again(self) -> bool:
        """Say whether it has failed and may safely be run once more."""
        return self.status == TaskResultStatus.FAILED and self.kind in RUN_AGAIN

    @property
    def may_be_cancelled(self) -> bool:
        """Say whether it waits and may safely be left undone."""
        return self.status == TaskResultStatus.READY and self.kind in CANCEL


class JobRows(Sequence[JobRow]):
    """Jobs, the latest first, read when they are asked for: two queries a page."""

    def __init__(self, found: "QuerySet[DBTaskResult[Any, Any]]") -> None:
        """Read nothing yet."""
        self._found = found.order_by("-enqueued_at", "pk")
        self._count: int | None = None

    def __len__(self) -> int:
        """Count them, once."""
        if self._count is None:
            self._count = self._found.count()
        return self._count

    @overload
    def __getitem__(self, index: int) -> JobRow: ...

    @overload
    def __getitem__(self, index: slice) -> list[JobRow]: ...

    def __getitem__(self, index: int | slice) -> JobRow | list[JobRow]:
        """Return one or some of them."""
        if isinstance(index, int):
            return job_row(self._found[index])
        return [job_row(each) for each in self._found[index]]


def jobs_for(actor: Actor, status: str = "") -> JobRows:
    """Return the jobs, those of one status when it is given.

    Raises `NotAllowedError` for who does not answer for the whole installation: a job lies nowhere.
    """
    require_all(actor)
    found = DBTaskResult.objects.defer("args_kwargs", "traceback", "return_value")
    return JobRows(found.filter(status=status) if status else found.all())


def require_all(actor: Actor) -> None:
    """Raise `NotAllowedError` unless the actor manages the whole installation."""
    if not may_everywhere(actor, MANAGE):
        raise NotAllowedError(MANAGE.value)


def job_row(job: "DBTaskResult[Any, Any]") -> JobRow:
    """Return a job without its arguments and its traceback, which may name persons."""
    return JobRow(
        job.pk,
        job.task_path.rpartition(".")[2],
        str(job.status),
        job.enqueued_at,
        job.finished_at,
        job.exception_class_path.rpartition(".")[2],
    )
