"""Imports, their files and rows, and how columns were matched before."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop

from provning.imports.plans import Verdict
from provning.imports.states import Status
from provning.organisation.models import Organiser, Provider

STATUSES = {
    Status.COLUMNS: gettext_noop("kolumnerna väntar på dig"),
    Status.STAGING: gettext_noop("läses"),
    Status.READY: gettext_noop("att granska"),
    Status.COMMITTING: gettext_noop("läses in"),
    Status.DONE: gettext_noop("inläst"),
    Status.UNDOING: gettext_noop("tas tillbaka"),
    Status.UNDONE: gettext_noop("återtagen"),
    Status.FAILED: gettext_noop("gick inte att läsa"),
    Status.DROPPED: gettext_noop("avbruten"),
}
VERDICTS = {
    Verdict.CHOICE: gettext_noop("väntar på ditt svar"),
    Verdict.REFUSED: gettext_noop("kan inte läsas in"),
    Verdict.CHANGED: gettext_noop("ändras"),
    Verdict.NEW: gettext_noop("ny"),
    Verdict.UNCHANGED: gettext_noop("oförändrad"),
    Verdict.LEFT_OUT: gettext_noop("hoppas över"),
}


class StagedImport(models.Model):
    """Inläsning: one file on its way into the register, and how far it has come.

    `kind` is the key of an `ImportKind`. `provider` is None where the import belongs to the whole
    organiser. `headers` are the file's own, `columns` what each means that was matched by hand.
    `total` rows are in the file, `planned` of them have been planned. `faults` are problems of the
    whole, as JSON. `asked_by_*` is who asked for the step that runs; `submission` is the form's own
    id. `queued` says that a job has not begun its step.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=10, choices=list(STATUSES.items()))
    queued = models.BooleanField(default=False)
    submission = models.UUIDField(unique=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    headers = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    planned = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list)
    leaves_out = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField()
    uploaded_by_account = models.CharField(max_length=60)
    uploaded_by_name = models.CharField(max_length=200)
    uploaded_by_role = models.CharField(max_length=60, blank=True)
    asked_by_account = models.CharField(max_length=60)
    asked_by_name = models.CharField(max_length=200)
    progress_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    committed_by_name = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Found by place, the newest first."""

        indexes = (
            models.Index(fields=("organiser", "uploaded_at"), name="staged_import_place"),
            models.Index(fields=("uploaded_by_account", "uploaded_at"), name="staged_import_mine"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class ImportFile(models.Model):
    """The uploaded file, byte for byte, until it is disposed of."""

    staged = models.OneToOneField(
        StagedImport, on_delete=models.CASCADE, primary_key=True, related_name="file"
    )
    content = models.BinaryField()

    def __str__(self) -> str:
        """Name the row by its import."""
        return str(self.staged_id)


class StagedRow(models.Model):
    """One row of a file: what it says, what would become of it, and what did.

    No foreign key to what it speaks of: the row outlives a person who is taken back. `cells` is the
    text of each field, `plan` the plan's data. `choice` is a person's answer. `outcome` is "" until
    the file has been committed; `result` is what an undo needs; `notes` say why a row stayed.
    """

    class Outcome(models.TextChoices):
        """What became of a row."""

        NONE = "", "inte inläst"
        CREATED = "created", "skapad"
        CHANGED = "changed", "ändrad"
        UNCHANGED = "unchanged", "oförändrad"
        LEFT_OUT = "left_out", "överhoppad"
        TAKEN_BACK = "taken_back", "återtagen"
        KEPT = "kept", "kunde inte tas tillbaka"

    staged = models.ForeignKey(StagedImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    what = models.CharField(max_length=400, blank=True)
    key = models.CharField(max_length=200, blank=True)
    person_id = models.UUIDField(null=True, blank=True)
    protected = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, choices=list(VERDICTS.items()))
    problems = models.JSONField(default=list)
    differences = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    may_be_new = models.BooleanField(default=False)
    plan = models.JSONField(default=dict)
    choice = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True, default="")
    result = models.JSONField(default=dict)
    notes = models.JSONField(default=list)

    class Meta:
        """A row stands once."""

        constraints = (
            models.UniqueConstraint(fields=("staged", "number"), name="staged_row_once"),
        )
        indexes = (models.Index(fields=("staged", "verdict", "number"), name="staged_row_verdict"),)

    def __str__(self) -> str:
        """Name the row by its place."""
        return f"{self.staged_id}:{self.number}"


class ColumnMapping(models.Model):
    """How the columns of a file were matched by hand, kept for the next file with the same headers.

    `purpose` is the key of an `ImportKind`, or another word for another use of the same files.
    `headers_sha256` is of the headers as they are compared; `columns` maps header to field, "" for
    one that is not used. Without a provider it is the organiser's.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    purpose = models.CharField(max_length=40)
    headers_sha256 = models.CharField(max_length=64)
    columns = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by_name = models.CharField(max_length=200)

    class Meta:
        """One mapping per place, purpose and set of headers."""

        constraints = (
            models.UniqueConstraint(
                fields=("organiser", "provider", "purpose", "headers_sha256"),
                condition=Q(provider__isnull=False),
                name="column_mapping_once",
            ),
            models.UniqueConstraint(
                fields=("organiser", "purpose", "headers_sha256"),
                condition=Q(provider__isnull=True),
                name="column_mapping_of_organiser_once",
            ),
        )

    def __str__(self) -> str:
        """Name what it is for."""
        return self.purpose
