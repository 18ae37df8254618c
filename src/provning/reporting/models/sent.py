"""Exports of grades that have left for somebody, and which decisions each of them held."""

import uuid

from django.db import models
from django.db.models import F, Q

from provning.grading.models import GradeDecision
from provning.organisation.models import Organiser
from provning.people.models import Person


class SentExport(models.Model):
    """An export of grades that somebody outside has been given: insert-only.

    `export_id` is the row it was made as, in the room that made it, None where none is kept.
    `covers_from` and `covers_to` are the exam dates asked for (of a selection the days of change),
    inclusive, None for all. `sha256` is "" where what was sent is no file, or leaves while it is
    made. `decisions` counts those it held. Whether it still says what stands is a query.
    """

    class Kind(models.TextChoices):
        """What sort of export it is, in the words of whoever receives it."""

        SCB = "scb", "Underlag till SCB"
        UHR = "uhr", "Underlag till UHR"
        CSN = "csn", "Underlag till CSN"
        BETYG_XML = "betyg_xml", "Betyg XML"
        BETYGSDOKUMENT = "betygsdokument", "Betygsdokument"
        IMS = "ims", "IMS Enterprise"
        SS12000 = "ss12000", "SS 12000"
        OTHER = "other", "Annan fil"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    export_id = models.UUIDField(null=True, blank=True, db_index=True)
    document_id = models.CharField(max_length=60)
    receiver = models.CharField(max_length=200)
    covers_from = models.DateField(null=True, blank=True)
    covers_to = models.DateField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    decisions = models.PositiveIntegerField()
    sent_on = models.DateField()
    registered_at = models.DateTimeField(db_index=True)
    registered_by_account = models.CharField(max_length=60)
    registered_by_name = models.CharField(max_length=200)
    submission = models.UUIDField(unique=True)

    class Meta:
        """An interval has both its ends, in order."""

        constraints = (
            models.CheckConstraint(
                condition=Q(covers_from__isnull=True, covers_to__isnull=True)
                | Q(covers_from__isnull=False, covers_to__gte=F("covers_from")),
                name="sent_export_interval",
            ),
        )
        indexes = (
            models.Index(fields=("organiser", "kind", "receiver"), name="sent_export_series"),
        )

    def __str__(self) -> str:
        """Show what it is known by."""
        return self.document_id


class SentDecision(models.Model):
    """A decision that a sent export held: insert-only."""

    export = models.ForeignKey(SentExport, on_delete=models.PROTECT, related_name="held")
    decision = models.ForeignKey(GradeDecision, on_delete=models.PROTECT, related_name="sent")

    class Meta:
        """A decision stands once in an export."""

        constraints = (
            models.UniqueConstraint(fields=("export", "decision"), name="sent_decision_once"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)


class SentSelection(models.Model):
    """The question that a sent export answered, where it held too many to name each: insert-only.

    It held everybody in `reach` with a decision made or superseded from `changed_from` until before
    `changed_before`, each with all decisions that stood at `as_of` (`holding.holds`). `reach` is
    JSON, pairs of a scope's kind and id; `curricula` are separated by spaces, "" for all.
    """

    export = models.OneToOneField(
        SentExport, on_delete=models.PROTECT, primary_key=True, related_name="selection"
    )
    as_of = models.DateTimeField(db_index=True)
    changed_from = models.DateTimeField()
    changed_before = models.DateTimeField()
    curricula = models.CharField(max_length=200, blank=True)
    reach = models.TextField()

    def __str__(self) -> str:
        """Name the row by its export."""
        return str(self.export_id)


class SentPerson(models.Model):
    """A person whom a sent export held by name, or left out since protected then: insert-only.

    Those left out are kept since nothing else tells later who was protected on the day.
    """

    export = models.ForeignKey(SentExport, on_delete=models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sent")
    left_out = models.BooleanField()

    class Meta:
        """A person stands once in an export."""

        constraints = (
            models.UniqueConstraint(fields=("export", "person"), name="sent_person_once"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)
