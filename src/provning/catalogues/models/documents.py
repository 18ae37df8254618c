"""Stored documents and the versions of the grade catalogue."""

import uuid

from django.db import models
from django.db.models import Q

from provning.catalogues.models.jobs import CatalogueJob
from provning.organisation.models import SchoolUnit
from provning.people.models import Person


class StoredDocument(models.Model):
    """The bytes of a document under their own SHA-256: insert-only."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    media_type = models.CharField(max_length=60)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        """Show the digest."""
        return self.sha256


class GradeCatalogue(models.Model):
    """Betygskatalog: one version for one unit and term (Förordning 2011:1108 4 kap. 11 §).

    Insert-only. Protected persons stand in a part of their own. `teacher` is set when the version
    holds what one person decided and nothing else: such versions are numbered by themselves.
    `issued_on` is the day that stands on the paper, `content` the canonical JSON that it was made
    from; `changes` say line by line what
    differs from the version before. A preliminary one is made before the term's end and is never
    signed.
    """

    class Part(models.TextChoices):
        """Which persons the document speaks of."""

        ORDINARY = "ordinary", "ordinarie del"
        PROTECTED = "protected", "skyddade personer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="catalogues")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")])
    part = models.CharField(max_length=10, choices=Part.choices)
    teacher = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveSmallIntegerField()
    preliminary = models.BooleanField()
    document_id = models.CharField(max_length=40, unique=True)
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    changes = models.TextField(blank=True)
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    decisions = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    issued_on = models.DateField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        """One row per unit, term, part, teacher (or none) and version."""

        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "season", "part", "preliminary", "version"),
                condition=Q(teacher__isnull=True),
                name="catalogue_version_once",
            ),
            # Databases hold empty teachers to be different, so the two kinds are apart.
            models.UniqueConstraint(
                fields=("unit", "year", "season", "part", "preliminary", "teacher", "version"),
                condition=Q(teacher__isnull=False),
                name="teachers_catalogue_version_once",
            ),
        )

    def __str__(self) -> str:
        """Show the document id."""
        return self.document_id


class CatalogueOrder(CatalogueJob):
    """A catalogue somebody has asked for.

    `teacher` is set when only what one person decided is asked for.
    """

    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")])
    teacher = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """One order at a time for a unit and term."""

        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "season"),
                condition=Q(status__in=("waiting", "running")),
                name="catalogue_order_once_at_a_time",
            ),
        )
