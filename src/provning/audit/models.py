"""The audit trail: insert-only, hash-chained, readable long after the accounts are gone."""

from django.db import models


class AuditEvent(models.Model):
    """One thing that happened: who, what, on what, before and after, and the link in the chain.

    No foreign keys: the trail outlives what it speaks about. `digest` is SHA-256 over the canonical
    JSON of every other field including `previous_digest`. `before` and `after` are canonical JSON
    text (an empty text when there is nothing), stored as text so that every byte stays the same.
    """

    number = models.PositiveBigIntegerField(unique=True)
    recorded_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=60, db_index=True)
    actor_id = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=60, blank=True)
    subjects = models.TextField()
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        """Ordered as the chain is; searched by who and by kind."""

        ordering = ("number",)
        indexes = (
            models.Index(fields=("actor_id", "number"), name="audit_by_actor"),
            models.Index(fields=("name", "number"), name="audit_by_name"),
        )

    def __str__(self) -> str:
        """Name the link."""
        return f"{self.number} {self.name}"


class ChainAnchor(models.Model):
    """The end of the chain as it was on a day: what is mailed or printed, and kept elsewhere."""

    day = models.DateField(unique=True)
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()

    class Meta:
        """Ordered by day."""

        ordering = ("day",)

    def __str__(self) -> str:
        """Write the anchor as it is told to people: `number:digest`."""
        return f"{self.number}:{self.digest}"


class AuditSubject(models.Model):
    """Which things an event speaks about, so that each thing can show its own history."""

    event = models.ForeignKey(AuditEvent, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=60)

    class Meta:
        """One row per event and thing."""

        constraints = (
            models.UniqueConstraint(fields=("kind", "key", "event"), name="audit_subject_once"),
        )

    def __str__(self) -> str:
        """Name the thing."""
        return f"{self.kind}:{self.key}"
