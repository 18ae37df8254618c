"""When each published thing came and changed, who asked to be told, and what they told us."""

import uuid

from django.db import models

from provning.clients.models import ApiClient


class Stamp(models.Model):
    """When a published thing came to be and last changed; written by triggers alone.

    `key` is the id of the row it is made from. On PostgreSQL the moment is that of the commit, one
    transaction after another, so that whoever has seen a moment has seen everything before it.
    """

    resource = models.CharField(max_length=24)
    key = models.UUIDField()
    created = models.DateTimeField()
    modified = models.DateTimeField()

    class Meta:
        """One stamp per thing, found by when it changed."""

        constraints = (models.UniqueConstraint(fields=("resource", "key"), name="stamp_once"),)
        indexes = (models.Index(fields=("resource", "modified"), name="stamp_modified"),)

    def __str__(self) -> str:
        """Name the thing."""
        return f"{self.resource}:{self.key}"


class Tombstone(models.Model):
    """A published thing that somebody may no longer see, since when; written by triggers alone.

    Whether a client is told of it is settled when it asks: it must have been able to see the thing
    before and not see it now. `provider_id` and `unit_id` say where it was to be seen, when its row
    no longer can; they have no foreign keys, and mean nothing beside that.
    """

    resource = models.CharField(max_length=24)
    key = models.UUIDField()
    deleted = models.DateTimeField()
    provider_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)

    class Meta:
        """Found by when it went."""

        indexes = (models.Index(fields=("deleted",), name="tombstone_deleted"),)

    def __str__(self) -> str:
        """Name the thing."""
        return f"{self.resource}:{self.key}"


class Subscription(models.Model):
    """A client wants to be told when something has changed (SS 12000).

    `told_to` is the moment up to which the client has been told; what came after it is told in one
    call. `attempts` and `next_try_at` are of calls that failed since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="subscriptions")
    name = models.CharField(max_length=200)
    target = models.CharField(max_length=1000)
    resource_types = models.CharField(max_length=400)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    told_to = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    last_answer = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class ClientReport(models.Model):
    """What a client has told us: a fault it met, or how many rows it took (SS 12000)."""

    class Kind(models.TextChoices):
        """Which of the two."""

        LOG = "log", "loggpost"
        STATISTICS = "statistics", "statistik"

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    at = models.DateTimeField(db_index=True)
    content = models.TextField()

    def __str__(self) -> str:
        """Name the kind."""
        return self.kind
