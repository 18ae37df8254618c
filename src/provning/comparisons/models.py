"""Comparisons, the files they wait for, and what they found."""

import uuid

from django.db import models

from provning.organisation.models import Organiser, Provider


class Comparison(models.Model):
    """Avstämning: what one person asked to have compared, and how far it has come.

    `stored` says that the placements are those that are stored here, of `term`, and not a file's.
    `read` counts the rows so far. `faults` are problems of the whole, as JSON; `answer` is the
    report without its rows. Nobody sees it from `expires_on`; `submission` is the form's own id.
    """

    class Status(models.TextChoices):
        """How far a comparison has come."""

        COLUMNS = "columns", "kolumnerna väntar på dig"
        RUNNING = "running", "jämförs"
        DONE = "done", "klar"
        FAILED = "failed", "gick inte att jämföra"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    stored = models.BooleanField()
    term = models.CharField(max_length=6, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices)
    queued = models.BooleanField(default=False)
    submission = models.UUIDField(unique=True)
    read = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    answer = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    asked_by_account = models.CharField(max_length=60)
    asked_by_name = models.CharField(max_length=200)
    progress_at = models.DateTimeField()
    expires_on = models.DateField()

    class Meta:
        """Found by who asked, the newest first."""

        indexes = (models.Index(fields=("asked_by_account", "asked_at"), name="comparison_mine"),)

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class ComparedFile(models.Model):
    """One of a comparison's files, until the comparison is done; the row then stays without it.

    `side` is a `reconciliation.Side`. `headers` are the file's own, `columns` what each means that
    was matched by hand.
    """

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="files")
    side = models.CharField(max_length=10)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)

    class Meta:
        """One file a side."""

        constraints = (
            models.UniqueConstraint(fields=("comparison", "side"), name="compared_file_once"),
        )

    def __str__(self) -> str:
        """Name the row by its file."""
        return self.file_name


class ComparedPiece(models.Model):
    """A piece of a file's content: no file is ever held in memory whole."""

    file = models.ForeignKey(ComparedFile, on_delete=models.CASCADE, related_name="pieces")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        """In their order."""

        constraints = (
            models.UniqueConstraint(fields=("file", "number"), name="compared_piece_once"),
        )

    def __str__(self) -> str:
        """Name the piece by its place."""
        return f"{self.file_id}:{self.number}"


class ComparisonRow(models.Model):
    """One mismatch, or one row that could not be read (`kind` "unread"), as JSON."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    facts = models.JSONField()

    class Meta:
        """A row stands once, in the order of the report."""

        constraints = (
            models.UniqueConstraint(fields=("comparison", "number"), name="comparison_row_once"),
        )
        indexes = (
            models.Index(fields=("comparison", "kind", "number"), name="comparison_row_kind"),
        )

    def __str__(self) -> str:
        """Name the row by its place."""
        return f"{self.comparison_id}:{self.number}"
