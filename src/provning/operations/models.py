"""What the room itself stores: that the worker lives."""

from django.db import models


class WorkerBeat(models.Model):
    """A worker of the jobs, and when it last said that it lives; one row for each worker."""

    worker = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField(db_index=True)

    class Meta:
        """The latest first."""

        ordering = ("-beat_at",)

    def __str__(self) -> str:
        """Name the worker."""
        return self.worker
