"""Extracts for authorities as they were made, each line of them, and the orders of them."""

import uuid

from django.db import models
from django.db.models import Q

from provning.catalogues.models import StoredDocument
from provning.exams.models import Placement
from provning.grading.models import GradeDecision
from provning.organisation.models import Organiser
from provning.reporting.models.sent import SentExport


class ReportCode(models.Model):
    """A code that an organiser has from an authority's description, from a day on.

    `table` and `key` are what the code is for (`rules.CODE_LABELS`).
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=SentExport.Kind.choices)
    table = models.CharField(max_length=20)
    key = models.CharField(max_length=20)
    code = models.CharField(max_length=20)
    valid_from = models.DateField()

    class Meta:
        """One code from each day."""

        constraints = (
            models.UniqueConstraint(
                fields=("organiser", "kind", "table", "key", "valid_from"),
                name="report_code_start_once",
            ),
        )

    def __str__(self) -> str:
        """Show the code."""
        return self.code


class AuthorityExtract(models.Model):
    """A draft of a file for an authority, as it was made: insert-only.

    Never held against the authority's own description. `counts` is JSON over how many rows of each
    sort, `changes` over what differs from `follows`, the extract made before it of the same term;
    `blanks` lists the codes that were not known (JSON, pairs of table and key).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=SentExport.Kind.choices)
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")])
    version = models.PositiveIntegerField()
    document_id = models.CharField(max_length=60)
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    counts = models.TextField()
    changes = models.TextField()
    blanks = models.TextField()
    holds_protected = models.BooleanField()
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    made_at = models.DateTimeField()
    made_by_account = models.CharField(max_length=60)
    made_by_name = models.CharField(max_length=200)

    class Meta:
        """Versions are numbered within an organiser's term and kind."""

        constraints = (
            models.UniqueConstraint(
                fields=("organiser", "kind", "year", "season", "version"),
                name="authority_extract_version_once",
            ),
        )

    def __str__(self) -> str:
        """Show the document id."""
        return self.document_id


class AuthorityLine(models.Model):
    """One line of an extract: whose prövning, which decision, and what is new in it. Insert-only.

    `number` is its place in the file, from 1. `columns` names the columns that differ from the line
    of the same prövning in the extract before.
    """

    class Change(models.TextChoices):
        """What the line is beside the extract before."""

        SAME = "same", "oförändrad"
        NEW = "new", "ny"
        CHANGED = "changed", "ändrad"

    extract = models.ForeignKey(AuthorityExtract, on_delete=models.PROTECT, related_name="lines")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(
        GradeDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField()
    change = models.CharField(max_length=8, choices=Change.choices)
    columns = models.TextField(blank=True)

    class Meta:
        """A prövning stands once in an extract, and a place is taken once."""

        constraints = (
            models.UniqueConstraint(fields=("extract", "placement"), name="authority_line_once"),
            models.UniqueConstraint(fields=("extract", "number"), name="authority_line_number"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)


class ReportOrder(models.Model):
    """An extract somebody has asked for: the job's state, which survives a reload.

    `done` of `total` rows have been read; `message` says in Swedish why nothing was made.
    """

    class Status(models.TextChoices):
        """How far the job has come."""

        WAITING = "waiting", "väntar"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"
        REFUSED = "refused", "gick inte"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=SentExport.Kind.choices)
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")])
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sees_protected = models.BooleanField()
    message = models.TextField(blank=True)
    extract = models.ForeignKey(
        AuthorityExtract, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submission = models.UUIDField(unique=True)
    ordered_at = models.DateTimeField()
    ordered_by_account = models.CharField(max_length=60)
    ordered_by_name = models.CharField(max_length=200)
    ordered_by_role = models.CharField(max_length=60, blank=True)
    progress_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """There is an extract exactly when the job came to its end."""

        constraints = (
            models.CheckConstraint(
                condition=Q(status="done", extract__isnull=False)
                | ~Q(status="done") & Q(extract__isnull=True),
                name="report_order_made",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
