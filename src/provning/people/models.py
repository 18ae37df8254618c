"""Persons: examinees and staff, their numbers over time, and where they belong."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from provning.organisation.models import Provider, SchoolUnit

NAME_LENGTH = 120
SORT_KEY_LENGTH = 1000
"""Longer keys are cut: PostgreSQL refuses an index row above some 2 700 bytes."""
WORD_KEY_LENGTH = 240


class Person(models.Model):
    """A person of the register. Names are whole, as the folkbokföring gives them.

    Who has one name only has it in either field. `sort_key` is cut at `SORT_KEY_LENGTH`.
    `case_number` is what is shown instead of name and number when the identity is protected.
    `status_on` is the day of death or emigration; None when it is not known, as in older rows.
    `merged_into` is the row of the same person that reads follow; nothing of this row has moved.
    """

    class Protection(models.TextChoices):
        """SS 12000 `securityMarking`."""

        NONE = "Ingen", "Ingen"
        MARKED = "Sekretessmarkering", "Sekretessmarkering"
        PROTECTED = "Skyddad folkbokföring", "Skyddad folkbokföring"

    class Status(models.TextChoices):
        """SS 12000 `personStatus`."""

        ACTIVE = "Aktiv", "Aktiv"
        EMIGRATED = "Utvandrad", "Utvandrad"
        DECEASED = "Avliden", "Avliden"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    family_name = models.CharField(max_length=NAME_LENGTH, blank=True)
    email = models.EmailField(blank=True)
    protection = models.CharField(
        max_length=24, choices=Protection.choices, default=Protection.NONE
    )
    case_number = models.CharField(max_length=20, unique=True, null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    status_on = models.DateField(null=True, blank=True)
    sort_key = models.CharField(max_length=SORT_KEY_LENGTH, db_index=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="person",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A person has a name, a protected one also a case number to be shown by."""

        constraints = (
            models.CheckConstraint(
                condition=Q(protection="Ingen") | Q(case_number__isnull=False),
                name="protected_person_has_case_number",
            ),
            models.CheckConstraint(
                condition=~Q(given_name="", family_name=""), name="person_has_a_name"
            ),
            models.CheckConstraint(
                condition=~Q(status="Aktiv") | Q(status_on__isnull=True),
                name="active_person_has_no_status_day",
            ),
        )
        # Nearly nobody is merged: by an index that holds everybody SQLite rather looks through all.
        indexes = (
            models.Index(
                fields=("merged_into",),
                condition=Q(merged_into__isnull=False),
                name="person_merged",
            ),
        )

    def __str__(self) -> str:
        """Name the person by id: names do not leak through logs."""
        return str(self.id)

    @property
    def is_protected(self) -> bool:
        """Say whether the identity must be masked."""
        return self.protection != self.Protection.NONE


class PersonNumber(models.Model):
    """An identity number that a person has or has had; `number` is the 12-character normal form."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="numbers")
    number = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        """A number is somebody's current number once; a person has one current number."""

        constraints = (
            models.UniqueConstraint(
                fields=("number",), condition=Q(valid_to__isnull=True), name="current_number_once"
            ),
            models.UniqueConstraint(
                fields=("person",), condition=Q(valid_to__isnull=True), name="one_current_number"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="person_number_in_order",
            ),
        )
        indexes = (models.Index(fields=("number",), name="person_number_search"),)

    def __str__(self) -> str:
        """Name the row by id: numbers do not leak through logs."""
        return str(self.pk)


class NameWord(models.Model):
    """One word of a person's name, as an ASCII key that is searched by prefix.

    A key is cut at `WORD_KEY_LENGTH`: twice the letters of the longest Swedish word.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    key = models.CharField(max_length=WORD_KEY_LENGTH)

    class Meta:
        """A word stands once per person."""

        constraints = (models.UniqueConstraint(fields=("key", "person"), name="name_word_once"),)

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)


class Enrolment(models.Model):
    """Inskrivning: a person is or has been enrolled with a provider (Manual s. 1 and 3)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="enrolments")
    unit = models.ForeignKey(
        SchoolUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="enrolments"
    )
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        """One enrolment per person, provider and first day."""

        constraints = (
            models.UniqueConstraint(
                fields=("provider", "person", "start_date"), name="enrolment_once"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="enrolment_in_order",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)


class Duty(models.Model):
    """Tjänst: a teacher or principal at a unit (SS 12000 `Duty`).

    `registered_teacher` is legitimation (Skollagen 2 kap. 13 §); `subjects` are the subject codes,
    separated by spaces, that the legitimation covers.
    """

    class Role(models.TextChoices):
        """SS 12000 `dutyRole`, the two that grade."""

        TEACHER = "Lärare", "Lärare"
        PRINCIPAL = "Rektor", "Rektor"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=10, choices=Role.choices)
    registered_teacher = models.BooleanField(default=False)
    subjects = models.CharField(max_length=400, blank=True)
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        """One duty per person, unit, role and first day."""

        verbose_name_plural = "duties"
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "person", "role", "start_date"), name="duty_once"
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="duty_in_order",
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.pk)
