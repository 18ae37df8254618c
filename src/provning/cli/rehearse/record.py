"""What the record refuses: the database itself says no."""

from collections.abc import Callable

from django.db import DatabaseError, transaction

from provning.audit.models import AuditEvent
from provning.cli.rehearse.log import Log, StepFailedError
from provning.exams.models import Placement
from provning.grading.models import GradeDecision


def check_record(placement: Placement, log: Log) -> None:
    """Try to change and remove what is decided, past every rule, and see the database refuse."""
    decisions = GradeDecision.objects.filter(placement=placement)
    events = AuditEvent.objects.filter(number=1)
    placements = Placement.objects.filter(pk=placement.pk)
    later = placement.group.end_date
    attempts: tuple[tuple[str, Callable[[], object]], ...] = (
        ("ett beslut ändras", lambda: decisions.update(value="A")),
        ("ett beslut tas bort", decisions.delete),
        ("en händelse ändras", lambda: events.update(reason="")),
        ("en händelse tas bort", events.delete),
        ("prövningsdatum flyttas efter beslut", lambda: placements.update(exam_date=later)),
    )
    for what, attempt in attempts:
        _must_be_refused(what, attempt)
    log.step("Lås", f"databasen nekade att {', att '.join(what for what, _ in attempts)}")


def _must_be_refused(what: str, attempt: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            attempt()
    except DatabaseError:
        return
    message = f"ingenting hindrade att {what}"
    raise StepFailedError(message)
