"""Electronic signatures: what is asked for, the documents that came of it, and their checks."""

import uuid

from django.db import models
from django.db.models import Q

from provning.catalogues.models.documents import GradeCatalogue, StoredDocument
from provning.catalogues.models.jobs import CatalogueJob
from provning.catalogues.models.signatures import CatalogueSigner
from provning.people.models import Person


class SigningOrder(CatalogueJob):
    """A signature somebody has asked for with their password."""

    catalogue = models.ForeignKey(GradeCatalogue, on_delete=models.PROTECT, related_name="+")
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=13, choices=CatalogueSigner.Role.choices)
    in_place_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)

    class Meta:
        """A person signs one thing at a time in a version."""

        constraints = (
            models.UniqueConstraint(
                fields=("catalogue", "signer"),
                condition=Q(status__in=("waiting", "running")),
                name="signing_order_once_at_a_time",
            ),
        )


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
