"""One reading of personal data: who, whom, when, from where, and why where that is asked."""

from django.db import models
from django.db.models import Q

PLACE_LENGTH = 80
SELECTION_LENGTH = 400
REASON_LENGTH = 300


class AccessEntry(models.Model):
    """One entry of the access log; insert-only until `keep_until` has passed.

    `person_id` is nobody's foreign key: the log stays when a person who was registered by mistake
    is taken away. None stands for a list, and for a search that found nobody. `place` is the name
    of a screen, an address of the API or a command, `selection` which list (never what was typed).
    `opened` says that a protected identity was read in clear, `outside` that the number searched
    for is out of the actor's scope or nobody's.
    """

    class Kind(models.TextChoices):
        """How personal data were read."""

        PERSON = "person", "En person"
        LIST = "list", "En lista"
        FILE = "file", "En fil"
        SEARCH = "search", "En sökning"
        UNMASKING = "unmasking", "Skyddad identitet öppnad"
        CALL = "call", "Ett anrop"

    at = models.DateTimeField(db_index=True)
    keep_until = models.DateField()
    actor_id = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=200)
    actor_role = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person_id = models.UUIDField(null=True, blank=True)
    count = models.PositiveIntegerField()
    opened = models.BooleanField(default=False)
    outside = models.BooleanField(default=False)
    place = models.CharField(max_length=PLACE_LENGTH)
    selection = models.CharField(max_length=SELECTION_LENGTH, blank=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        """Found by person and by reader; a protected identity is opened for a reason."""

        indexes = (
            models.Index(fields=("person_id", "at"), name="access_of_person"),
            models.Index(fields=("actor_id", "at"), name="access_by_actor"),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(kind="unmasking") | (Q(person_id__isnull=False) & ~Q(reason="")),
                name="unmasking_has_reason",
            ),
        )

    def __str__(self) -> str:
        """Name the entry by number: the log names nobody in other logs."""
        return str(self.pk)
