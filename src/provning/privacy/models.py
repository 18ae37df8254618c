"""What already carries a person who has become protected: a list to work off."""

import uuid

from django.db import models
from django.db.models import F, Q

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


class IdentityCase(models.Model):
    """Ett förslag om en persons identitet: proposed by one, decided by another (four eyes).

    A merge has the `other` row of the same person, a change of number the new `number` (normal
    form); `mistaken` says that the number so far was never the person's. What is decided stays.
    """

    class Kind(models.TextChoices):
        """What is proposed."""

        MERGE = "merge", "Samma person"
        NUMBER = "number", "Nytt identitetsnummer"

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", "föreslagen"
        APPROVED = "approved", "godkänd"
        REFUSED = "refused", "avslagen"
        UNDONE = "undone", "ångrad"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="identity_cases")
    other = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(max_length=12, blank=True)
    mistaken = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    proposed_at = models.DateTimeField()
    proposed_by_account = models.CharField(max_length=60)
    proposed_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_account = models.CharField(max_length=60, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        """One open case per person; who proposed never decides."""

        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(state="proposed"), name="open_identity_case_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(decided_by_account=F("proposed_by_account")),
                name="identity_case_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(kind="merge", other__isnull=False) | (Q(kind="number") & ~Q(number="")),
                name="identity_case_complete",
            ),
        )

    def __str__(self) -> str:
        """Name the case by id."""
        return str(self.id)
