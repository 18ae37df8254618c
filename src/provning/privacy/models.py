"""What already carries a person who has become protected: a list to work off."""

import uuid

from django.db import models
from django.db.models import Q

from provning.people.models import Person


class Carrier(models.Model):
    """One document, file or receiver that carried a person when the identity became protected.

    `key` names the thing in its own room, `label` is what people call it and holds no name. `done`
    is when somebody had seen to it, with a `note` of what was done.
    """

    class Kind(models.TextChoices):
        """What it is, and so what is to be done."""

        CATALOGUE = "catalogue", "Betygskatalog"
        EXTRACT = "extract", "Utdrag"
        DELIVERY = "delivery", "Leverans"
        PACKAGE = "package", "E-arkivpaket"
        REPORT = "report", "Underlag till myndighet"
        SENT = "sent", "Fil som har lämnats till andra"
        IMPORT = "import", "Inläst fil"
        EXTERNAL = "external", "Betyg från ett annat system"
        CLIENT = "client", "API-klient"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="carriers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200)
    found_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        """A thing stands once for a person, and says who has seen to it when somebody has."""

        constraints = (
            models.UniqueConstraint(fields=("person", "kind", "key"), name="carrier_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | ~Q(done_by_name=""), name="carrier_done_by"
            ),
        )

    def __str__(self) -> str:
        """Name the thing."""
        return f"{self.kind} {self.key}"
