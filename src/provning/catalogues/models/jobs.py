"""What every ordered job of the room keeps: who asked, with which form, and how far it has come."""

import uuid

from django.db import models


class CatalogueJob(models.Model):
    """A job that somebody has ordered; its state survives a reload and a restart.

    `submission` is the form's own id: sent twice it is one order. `message` says in Swedish what
    came out of it, or why nothing did.
    """

    class Status(models.TextChoices):
        """How far the job has come."""

        WAITING = "waiting", "väntar"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"
        FAILED = "failed", "gick inte"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    message = models.TextField(blank=True)
    submission = models.UUIDField(unique=True)
    ordered_at = models.DateTimeField()
    ordered_by_account = models.CharField(max_length=60)
    ordered_by_name = models.CharField(max_length=200)
    ordered_by_role = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Columns of other tables."""

        abstract = True

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
