"""What goes to the archive: deliveries step by step, packages for the e-archive, disposal runs.

Everything here is insert-only. What stands now is the latest step of a delivery, the latest number
of a package.
"""

import uuid

from django.db import models

from provning.catalogues.models import GradeCatalogue, StoredDocument
from provning.organisation.models import Organiser, SchoolUnit

SEASONS = (("VT", "VT"), ("HT", "HT"))


class Delivery(models.Model):
    """Leverans: a unit's signed catalogues on their way to Vuxenutbildningscentrum (Manual s. 4).

    `season` is "" when the delivery is of the whole calendar year. Number 1 is the period's
    delivery; the ones after it are supplementary and hold only what is new since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="deliveries")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=SEASONS, blank=True)
    number = models.PositiveSmallIntegerField()
    document_id = models.CharField(max_length=40, unique=True)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        """One row per unit, period and number."""

        verbose_name_plural = "deliveries"
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "season", "number"), name="delivery_number_once"
            ),
        )

    def __str__(self) -> str:
        """Show the document id."""
        return self.document_id


class DeliveryStep(models.Model):
    """One step of a delivery: what was done, by whom, on which day.

    A delivery that came back is prepared and sent again: its steps tell the whole way. `remarks`
    are the receiver's words, or what is missing in one that is returned. `override_reason` is why
    it was sent although something was missing, and `exceptions` what that was, one to a line.
    `submission` is the form it came from: sent twice, it makes one step.
    """

    class Kind(models.TextChoices):
        """How far the delivery has come with the step."""

        PREPARED = "prepared", "förberedd"
        SENT = "sent", "skickad"
        RECEIVED = "received", "mottagen"
        RETURNED = "returned", "återsänd"

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    day = models.DateField()
    taken_at = models.DateTimeField()
    taken_by_account = models.CharField(max_length=60)
    taken_by_name = models.CharField(max_length=200)
    taken_by_role = models.CharField(max_length=60, blank=True)
    remarks = models.TextField(blank=True)
    override_reason = models.TextField(blank=True)
    exceptions = models.TextField(blank=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        """Steps of a delivery are numbered from 1."""

        constraints = (
            models.UniqueConstraint(fields=("delivery", "number"), name="delivery_step_once"),
        )

    def __str__(self) -> str:
        """Name the row by its delivery."""
        return f"{self.delivery_id} {self.number}"


class DeliveryItem(models.Model):
    """One catalogue version in a delivery, as it was prepared in a step."""

    step = models.ForeignKey(DeliveryStep, on_delete=models.PROTECT, related_name="items")
    catalogue = models.ForeignKey(GradeCatalogue, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A version lies once in what was prepared."""

        constraints = (
            models.UniqueConstraint(fields=("step", "catalogue"), name="delivery_item_once"),
        )

    def __str__(self) -> str:
        """Name the row by its step."""
        return f"{self.step_id} {self.catalogue_id}"


class DeliveryList(models.Model):
    """Följesedel: the list that goes with the papers, one for each part, made in a step.

    `content` is the canonical JSON that the document was made from. `rows` counts the decisions
    listed, `pages` the pages of both copies together.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    step = models.ForeignKey(DeliveryStep, on_delete=models.PROTECT, related_name="lists")
    part = models.CharField(max_length=10, choices=GradeCatalogue.Part.choices)
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        """One list for each part of what was prepared."""

        constraints = (models.UniqueConstraint(fields=("step", "part"), name="delivery_list_once"),)

    def __str__(self) -> str:
        """Name the row by its step."""
        return f"{self.step_id} {self.part}"


class DeliveryReminder(models.Model):
    """Påminnelse: those whose turn it was were mailed before a delivery's last day.

    `due` is that day: it is reminded of once. `recipients` counts the accounts; whose they were is
    not kept. `season` is as in `Delivery`.
    """

    class Side(models.TextChoices):
        """Whose turn it was."""

        PROVIDER = "provider", "anordnaren"
        CENTRE = "centre", "Vuxenutbildningscentrum"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=SEASONS, blank=True)
    side = models.CharField(max_length=8, choices=Side.choices)
    due = models.DateField()
    recipients = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        """The same last day is reminded of once."""

        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "season", "side", "due"), name="delivery_reminder_once"
            ),
        )

    def __str__(self) -> str:
        """Name the row by its day."""
        return self.due.isoformat()


class ArchivePackage(models.Model):
    """E-arkivpaket: one part of a unit's catalogue for a term as E-ARK SIP, in one tar file.

    `package_id` is the package's folder and OBJID. `files` counts the files in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="packages")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=SEASONS)
    part = models.CharField(max_length=10, choices=GradeCatalogue.Part.choices)
    number = models.PositiveSmallIntegerField()
    package_id = models.CharField(max_length=60, unique=True)
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    decisions = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        """One row per unit, term, part and number."""

        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "season", "part", "number"),
                name="archive_package_number_once",
            ),
        )

    def __str__(self) -> str:
        """Show the package's id."""
        return self.package_id


class Disposal(models.Model):
    """Gallring: one run, with how many rows of each kind went; no personal data.

    `organiser` is empty for the kinds that belong to the whole installation. `counts` is JSON, the
    number removed by kind. `submission` is the form it came from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(
        Organiser, on_delete=models.PROTECT, null=True, blank=True, related_name="disposals"
    )
    day = models.DateField()
    counts = models.TextField()
    total = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)
    submission = models.UUIDField(unique=True)

    def __str__(self) -> str:
        """Name the row by its day."""
        return self.day.isoformat()
