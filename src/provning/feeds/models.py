"""Decisions of others, as another system has told them: insert-only, and never our own grades."""

import uuid

from django.db import models
from django.db.models import Q

from provning.organisation.models import Organiser
from provning.people.models import Person

KEY_LENGTH = 200


class ExternalBatch(models.Model):
    """One reading of what another system holds: from which, out of what, and of which interval.

    `origin` is the file's name or the address it was fetched from, `sha256` of the bytes that were
    read. The interval is as the file says it. `submission` is the form's, or the import's, own id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    source_system = models.CharField(max_length=80)
    origin = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64)
    interval_start = models.DateTimeField(null=True, blank=True)
    interval_end = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(unique=True)
    read_at = models.DateTimeField()
    read_by_account = models.CharField(max_length=60)
    read_by_name = models.CharField(max_length=200)

    class Meta:
        """An interval has both its ends or none."""

        constraints = (
            models.CheckConstraint(
                condition=Q(interval_start__isnull=True, interval_end__isnull=True)
                | Q(interval_start__isnull=False, interval_end__isnull=False),
                name="external_batch_interval",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class ExternalWithdrawal(models.Model):
    """A reading that was taken back: what it brought counts no more, and is still there."""

    batch = models.OneToOneField(ExternalBatch, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField()
    withdrawn_by_account = models.CharField(max_length=60)
    withdrawn_by_name = models.CharField(max_length=200)

    def __str__(self) -> str:
        """Name the row by its batch."""
        return str(self.batch_id)


class ExternalList(models.Model):
    """The complete list of one person's grades in the other system when it was read.

    The newest list that is not withdrawn is the one that counts: a grade that it lacks has been
    removed there. `student_key` is what the other system calls the person. `number` is the order in
    which lists were read.
    """

    number = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ExternalBatch, on_delete=models.PROTECT, related_name="lists")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="external_lists")
    student_key = models.CharField(max_length=KEY_LENGTH)

    class Meta:
        """A student stands once in a batch."""

        constraints = (
            models.UniqueConstraint(fields=("batch", "student_key"), name="external_list_once"),
        )

    def __str__(self) -> str:
        """Name the row by its number."""
        return str(self.number)


class ExternalDecision(models.Model):
    """A grade that another system holds, as its file says it: never one of our own decisions.

    `group_key`, `school_key` and `deciders` (separated by line breaks) are the other system's ids.
    `course_code` is "" for a grade on a subject, which has `subject` and perhaps `language`,
    `season` and `year`. `assessment` marks an omdöme, `final` a slutbetyg.
    """

    listed = models.ForeignKey(ExternalList, on_delete=models.PROTECT, related_name="decisions")
    position = models.PositiveIntegerField()
    value = models.CharField(max_length=8)
    decided_on = models.DateField()
    trial = models.BooleanField()
    school_type = models.CharField(max_length=10)
    group_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    school_key = models.CharField(max_length=KEY_LENGTH)
    decider_role = models.CharField(max_length=8)
    deciders = models.TextField(blank=True)
    course_code = models.CharField(max_length=KEY_LENGTH, blank=True)
    assessment = models.BooleanField(default=False)
    subject = models.CharField(max_length=KEY_LENGTH, blank=True)
    language = models.CharField(max_length=KEY_LENGTH, blank=True)
    season = models.CharField(max_length=2, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    final = models.BooleanField(default=False)

    class Meta:
        """A grade has its place in the list, and is on a course or on a subject."""

        constraints = (
            models.UniqueConstraint(fields=("listed", "position"), name="external_decision_once"),
            models.CheckConstraint(
                condition=~Q(course_code="", subject="") & (Q(course_code="") | Q(subject="")),
                name="external_decision_course_or_subject",
            ),
        )

    def __str__(self) -> str:
        """Name the row by its list."""
        return f"{self.listed_id}:{self.position}"


class ExternalIdentity(models.Model):
    """What another system calls a person of ours, as its snapshot of persons has told: insert-only.

    The newest row of a key counts. No foreign key: it outlives a person who is taken back.
    """

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="+")
    source_system = models.CharField(max_length=80)
    student_key = models.CharField(max_length=KEY_LENGTH)
    person_id = models.UUIDField()
    learned_at = models.DateTimeField()

    class Meta:
        """Found by what the other system says."""

        verbose_name_plural = "external identities"
        indexes = (
            models.Index(
                fields=("organiser", "source_system", "student_key"), name="external_identity_key"
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)
