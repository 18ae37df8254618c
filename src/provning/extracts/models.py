"""Extracts as they were issued, what each of them holds, and the orders of many at once."""

import uuid

from django.db import models
from django.db.models import Q

from provning.catalogues.models import StoredDocument
from provning.exams.models import ExamGroup
from provning.grading.models import GradeDecision
from provning.organisation.models import Organiser, SchoolUnit
from provning.people.models import Person


class ExtractOrder(models.Model):
    """Extracts somebody has ordered for many persons: the job's state, which survives a reload.

    `unit` is None when the home municipality issues. The persons come from a group, from a term
    (`year` and `season`), or were named one by one. `with_fails` takes grades that are no pass
    along; `sees_protected` says that whoever ordered may see protected identities. `progress_at`
    is when the job last came a step further. `submission` is the form's own id.
    """

    class Status(models.TextChoices):
        """How far the job has come."""

        WAITING = "waiting", "väntar"
        RUNNING = "running", "pågår"
        DONE = "done", "klar"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        SchoolUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    group = models.ForeignKey(
        ExamGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")], blank=True)
    english = models.BooleanField()
    with_fails = models.BooleanField()
    sees_protected = models.BooleanField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    submission = models.UUIDField(unique=True)
    ordered_at = models.DateTimeField()
    ordered_by_account = models.CharField(max_length=60)
    ordered_by_name = models.CharField(max_length=200)
    ordered_by_role = models.CharField(max_length=60, blank=True)
    progress_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class Extract(models.Model):
    """Utdrag ur betygskatalogen for one person (Förordning 2011:1108 4 kap. 12 och 22 §§).

    Insert-only. `unit` is whose rektor issued it, None when the home municipality did. `content`
    is the canonical JSON that the document was made from. A later extract that `replaces` this one
    makes it void; a `copy_of` is the same extract printed again, because the original was lost for
    the `reason` given. Whether it still says what stands is a query. `issued_at` is when its
    decisions were read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="extracts")
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        SchoolUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="extracts"
    )
    document_id = models.CharField(max_length=40, unique=True)
    content = models.TextField()
    content_sha256 = models.CharField(max_length=64)
    stored = models.ForeignKey(StoredDocument, on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField()
    english = models.BooleanField()
    principal_name = models.CharField(max_length=200)
    issued_on = models.DateField()
    issued_at = models.DateTimeField(db_index=True)
    issued_by_account = models.CharField(max_length=60)
    issued_by_name = models.CharField(max_length=200)
    issued_by_role = models.CharField(max_length=60, blank=True)
    submission = models.UUIDField(unique=True)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    copy_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies"
    )
    reason = models.TextField(blank=True)

    class Meta:
        """A copy replaces nothing, and says why it was made."""

        constraints = (
            models.CheckConstraint(
                condition=Q(copy_of__isnull=True) | Q(replaces__isnull=True) & ~Q(reason=""),
                name="extract_copy_with_reason",
            ),
        )

    def __str__(self) -> str:
        """Show the document id."""
        return self.document_id


class ExtractDecision(models.Model):
    """A decision that an extract holds: insert-only.

    `replaced` says that a pass on a higher level replaced the grade when the extract was issued.
    """

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="chosen")
    decision = models.ForeignKey(GradeDecision, on_delete=models.PROTECT, related_name="extracted")
    replaced = models.BooleanField()

    class Meta:
        """A decision stands once in an extract."""

        constraints = (
            models.UniqueConstraint(fields=("extract", "decision"), name="extract_decision_once"),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)


class ExtractOrderLine(models.Model):
    """One person of an order, and what came of it; `message` says in Swedish why nothing did."""

    class Status(models.TextChoices):
        """What came of one person's extract."""

        WAITING = "waiting", "väntar"
        ISSUED = "issued", "utfärdat"
        REFUSED = "refused", "inget utdrag"

    order = models.ForeignKey(ExtractOrder, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    extract = models.OneToOneField(
        Extract, on_delete=models.PROTECT, null=True, blank=True, related_name="order_line"
    )
    message = models.TextField(blank=True)

    class Meta:
        """A person stands once in an order; an extract is there exactly when it was issued."""

        constraints = (
            models.UniqueConstraint(fields=("order", "person"), name="extract_order_line_once"),
            models.CheckConstraint(
                condition=Q(status="issued", extract__isnull=False)
                | ~Q(status="issued") & Q(extract__isnull=True),
                name="extract_order_line_issued",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)
