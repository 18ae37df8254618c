"""Who has signed which version of a catalogue, and how."""

import uuid

from django.db import models
from django.db.models import Q

from provning.catalogues.models.documents import GradeCatalogue, StoredDocument
from provning.people.models import Person


class CatalogueSigner(models.Model):
    """Who must sign a version: insert-only, written with the version from its content.

    `decisions` and `courses` are what stands on the sheets that the person signs in the role.
    `attests` says that rektor signs the whole catalogue, since local custom asks for it.
    """

    class Role(models.TextChoices):
        """As what the person signs."""

        TEACHER = "LÄRARE", "betygssättande lärare"
        JOINT = "MEDBESLUTANDE", "medbeslutande lärare"
        PRINCIPAL = "REKTOR", "rektor"

    catalogue = models.ForeignKey(GradeCatalogue, on_delete=models.PROTECT, related_name="signers")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    role = models.CharField(max_length=13, choices=Role.choices)
    decisions = models.PositiveIntegerField()
    courses = models.TextField()
    attests = models.BooleanField(default=False)

    class Meta:
        """A person signs once in a role."""

        constraints = (
            models.UniqueConstraint(
                fields=("catalogue", "person", "role"), name="catalogue_signer_once"
            ),
        )

    def __str__(self) -> str:
        """Name the row by its catalogue."""
        return str(self.catalogue_id)


class CatalogueSignature(models.Model):
    """Underskrift: insert-only; one person, in one role, for everything they sign in a version.

    `signed_on` is the day on the paper. `document` is the scanned page or the signed PDF.
    `in_place_of` is a signer who cannot sign any more: rektor signs instead and `reason` says why
    (Skollagen 3 kap. 20 §). A mistake is taken back by a new row that `withdraws` it, with its
    `reason`; the row itself stays.
    """

    class Method(models.TextChoices):
        """With a pen, or with an electronic signature."""

        PAPER = "paper", "på papper"
        ELECTRONIC = "electronic", "elektroniskt"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    catalogue = models.ForeignKey(
        GradeCatalogue, on_delete=models.PROTECT, related_name="signatures"
    )
    signer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signer_name = models.CharField(max_length=250)
    role = models.CharField(max_length=13, choices=CatalogueSigner.Role.choices)
    method = models.CharField(max_length=10, choices=Method.choices)
    signed_on = models.DateField()
    document = models.ForeignKey(
        StoredDocument, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_place_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdraws = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="withdrawn_by"
    )
    reason = models.TextField(blank=True)
    registered_by_account = models.CharField(max_length=60)
    registered_by_name = models.CharField(max_length=200)
    registered_at = models.DateTimeField()

    class Meta:
        """A withdrawal and a signature in somebody's place have their reason."""

        constraints = (
            models.CheckConstraint(
                condition=Q(reason="", withdraws__isnull=True, in_place_of__isnull=True)
                | (
                    ~Q(reason="")
                    & (Q(withdraws__isnull=False) | Q(in_place_of__isnull=False, role="REKTOR"))
                ),
                name="signature_reason_where_needed",
            ),
            models.CheckConstraint(
                condition=~Q(method="electronic")
                | Q(document__isnull=False)
                | Q(withdraws__isnull=False),
                name="electronic_signature_has_document",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
