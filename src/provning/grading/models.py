"""The grade: a draft that may change, and a decision that may not."""

import uuid

from django.db import models
from django.db.models import Q

from provning.exams.models import Placement
from provning.people.models import Person


class GradeDraft(models.Model):
    """A typed grade that nobody has decided yet; invisible to the examinee.

    `version` is what a person saw when they typed, so that nobody is overwritten unseen.
    `typed_by_person` is the staff person behind the account: what the group's own teacher typed is
    a draft, what somebody else typed is a proposal that waits for the teacher.
    """

    placement = models.OneToOneField(
        Placement, on_delete=models.PROTECT, primary_key=True, related_name="draft"
    )
    value = models.CharField(max_length=8)
    typed_by_account = models.CharField(max_length=60)
    typed_by_name = models.CharField(max_length=200)
    typed_by_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    typed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        """Name the row by its placement."""
        return str(self.placement_id)


class GradeDecision(models.Model):
    """Betygsbeslut: insert-only. Its date is the placement's prövningsdatum and no other.

    `decided_by` decided, `registered_by_*` typed: two facts. A rättelse or ändring is a new row
    that `supersedes` the old one (Skollagen 3 kap. 19–20 §§); the valid grade is a query.
    Course and scale are written as they were on the day, so that the row can be read alone.
    """

    class DeciderRole(models.TextChoices):
        """Who decided, in the words of the receiving systems."""

        TEACHER = "LÄRARE", "lärare"
        PRINCIPAL = "REKTOR", "rektor"

    class CorrectionType(models.TextChoices):
        """SS 12000 `correctionType`."""

        NONE = "", "första beslutet"
        CORRECTION = "Rättelse", "Rättelse"
        AMENDMENT = "Ändring", "Ändring"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="decisions")
    value = models.CharField(max_length=8)
    scale_id = models.CharField(max_length=20)
    course_code = models.CharField(max_length=16)
    course_name = models.CharField(max_length=200)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="decisions")
    decided_by_name = models.CharField(max_length=250)
    decider_role = models.CharField(max_length=8, choices=DeciderRole.choices)
    registered_by_account = models.CharField(max_length=60)
    registered_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    submission = models.UUIDField(db_index=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    correction_type = models.CharField(
        max_length=8, choices=CorrectionType.choices, blank=True, default=""
    )

    class Meta:
        """One first decision per placement; only a correcting row supersedes."""

        constraints = (
            models.UniqueConstraint(
                fields=("placement",),
                condition=Q(supersedes__isnull=True),
                name="first_decision_once",
            ),
            models.CheckConstraint(
                condition=Q(supersedes__isnull=True, correction_type="")
                | (Q(supersedes__isnull=False) & ~Q(correction_type="")),
                name="only_corrections_supersede",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
