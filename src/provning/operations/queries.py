"""What is asked of the installation as a whole."""

from datetime import datetime

from provning.audit.models import AuditEvent
from provning.operations.events import BACKUP_TAKEN


def last_backup() -> datetime | None:
    """Return when the latest backup was taken, None when none has been."""
    taken = AuditEvent.objects.filter(name=BACKUP_TAKEN).order_by("-number")
    return taken.values_list("recorded_at", flat=True).first()
