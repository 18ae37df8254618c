"""Who arranges adult education: organisers, providers, school units, and their local custom."""

import uuid

from django.db import models
from django.db.models import F, Q


class Organiser(models.Model):
    """Huvudman: the municipality that answers for the education (Skollagen 2 kap.)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    municipality_code = models.CharField(max_length=4)
    municipality_name = models.CharField(max_length=80)
    organisation_number = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        """Name the organiser."""
        return self.name


class Provider(models.Model):
    """Utbildningsanordnare: own-run or contracted (entreprenad), with or without betygsrätt.

    After `last_day` nothing new begins there; what has been stays.
    """

    class Kind(models.TextChoices):
        """Whether the organiser runs the education itself (Skollagen 23 kap.)."""

        INTERNAL = "internal", "egen regi"
        EXTERNAL = "external", "entreprenad"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    organisation_number = models.CharField(max_length=11, blank=True)
    grading_right_from = models.DateField(null=True, blank=True)
    grading_right_to = models.DateField(null=True, blank=True)
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        """One name per organiser; a grading right does not end before it begins."""

        constraints = (
            models.UniqueConstraint(fields=("organiser", "name"), name="provider_name_once"),
            models.CheckConstraint(
                condition=Q(grading_right_to__isnull=True)
                | Q(grading_right_to__gte=F("grading_right_from")),
                name="provider_grading_right_in_order",
            ),
        )

    def __str__(self) -> str:
        """Name the provider."""
        return self.name


class SchoolUnit(models.Model):
    """Skolenhet: where exam groups are held and catalogues kept. `code` is skolenhetskod.

    After `last_day` no group is held there; what has been stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=8, blank=True)
    principal_name = models.CharField(max_length=120, blank=True)
    last_day = models.DateField(null=True, blank=True)

    class Meta:
        """One name per provider."""

        constraints = (
            models.UniqueConstraint(fields=("provider", "name"), name="school_unit_name_once"),
        )

    def __str__(self) -> str:
        """Name the unit."""
        return self.name


class UnitInitials(models.Model):
    """Skolinitialer: the letters a unit's group names begin with, over time (Manual s. 1)."""

    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="initials")
    initials = models.CharField(max_length=6)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        """A period ends on or after its first day; one start per unit."""

        constraints = (
            models.UniqueConstraint(fields=("unit", "valid_from"), name="unit_initials_start_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_initials_in_order",
            ),
        )

    def __str__(self) -> str:
        """Show the letters."""
        return self.initials


class TermCalendar(models.Model):
    """A provider's own first and last day of a term (Manual s. 2)."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="calendars")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")])
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        """One calendar per provider and term."""

        constraints = (
            models.UniqueConstraint(
                fields=("provider", "year", "season"), name="term_calendar_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="term_calendar_in_order"
            ),
        )

    def __str__(self) -> str:
        """Name the term."""
        return f"{self.season} {self.year}"


class Policy(models.Model):
    """Local custom with validity dates: what differs between municipalities is data, not code."""

    organiser = models.ForeignKey(Organiser, on_delete=models.PROTECT, related_name="policies")
    key = models.CharField(max_length=60)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        """One value per organiser, key and first day."""

        verbose_name_plural = "policies"
        constraints = (
            models.UniqueConstraint(
                fields=("organiser", "key", "valid_from"), name="policy_start_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="policy_in_order",
            ),
        )

    def __str__(self) -> str:
        """Name the policy."""
        return self.key
