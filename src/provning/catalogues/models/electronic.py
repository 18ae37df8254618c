"""Electronic signatures: what is asked for, the documents that came of it, and their checks."""

import uuid

from django.db import models
from django.db.models import Q

from provning.catalogues.models.documents import GradeCatalogue, StoredDocument
from provning.catalogues.models.signatures import CatalogueSigner
from provning.people.models import Person


class SigningOrder(models.Model):
    """A signature somebody has asked for with their password: the job's state.

    `submission` is the form's own id: sent twice it is one order. `message` says in Swedish what
    came out of it.
    """

    class Status(models.TextChoices):
        """How far the job has come."""

        WAITING = "waiting", "väntar"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"
        FAILED = "failed", "gick inte"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(GradeCatalogue, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=13, choices=CatalogueSigner.Role.choices)
    in_place_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
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
        """A person signs one thing at a time in a version."""

        constraints = (
            models.UniqueConstraint(
                fields=("catalogue", "signer"),
                condition=Q(status__in=("waiting", "running")),
                name="signing_order_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class SignedDocument(models.Model):
    """The file of a version after one more signature, or after its seal: insert-only.

    Signing adds to the file, so of a version's signed files the longest is the newest and holds
    the others.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(
        GradeCatalogue, on_delete=models.PROTECT, related_name="signed_documents"
    )
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    sealed = models.BooleanField()
    made_at = models.DateTimeField()

    class Meta:
        """A file once."""

        constraints = (
            models.UniqueConstraint(fields=("catalogue", "stored"), name="signed_document_once"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class SignatureCheck(models.Model):
    """What a verification of a version's signed file found: insert-only.

    `report` is JSON: the signing service's report, and what the program's own tables say against
    the file (`findings`). `valid` needs both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(
        GradeCatalogue, on_delete=models.PROTECT, related_name="signature_checks"
    )
    document = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()
    valid = models.BooleanField()
    report = models.TextField()

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
