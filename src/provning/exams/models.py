"""Prövningsgrupper and the persons placed in them."""

import uuid

from django.db import models
from django.db.models import F, Q

from provning.courses.models import Course
from provning.organisation.models import SchoolUnit
from provning.people.models import Person


class ExamGroup(models.Model):
    """Prövningsgrupp: one course, one unit, one term, one grading teacher (Manual s. 1–2).

    `name` is output: it is built by `kernel.group_names` from the initials, the term, the course
    and the number, and never typed. `number` tells the teachers' groups apart; 1 is not shown.
    `submission` is the form that made the group: sent twice, it makes one group. `copied_from` is
    the group of the term before that it was copied from, which is copied once.
    `co_grading_teacher` decides together with the grading teacher: the legitimated one when the
    other is not, or a second examiner (Skollagen 3 kap. 16 §, 20 kap. 41 §).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(SchoolUnit, on_delete=models.PROTECT, related_name="exam_groups")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="exam_groups")
    year = models.PositiveSmallIntegerField()
    season = models.CharField(max_length=2, choices=[("VT", "VT"), ("HT", "HT")])
    number = models.PositiveSmallIntegerField()
    initials = models.CharField(max_length=6)
    name = models.CharField(max_length=40)
    start_date = models.DateField()
    end_date = models.DateField()
    school_form = models.CharField(max_length=8)
    measure = models.CharField(max_length=8)
    time_of_day = models.CharField(max_length=8)
    distance = models.BooleanField()
    trial = models.BooleanField(default=True)
    grading_teacher = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="graded_groups"
    )
    co_grading_teacher = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="co_graded_groups"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True)
    copied_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="copied_to"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The manual's rules that a database can state."""

        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year", "season", "name"), name="group_name_once"
            ),
            models.UniqueConstraint(
                fields=("unit", "course", "year", "season", "number"), name="group_number_once"
            ),
            models.UniqueConstraint(
                fields=("unit", "course", "year", "season", "grading_teacher"),
                name="group_teacher_once",
            ),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")), name="group_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(season="VT", start_date__month__lte=6, end_date__month__lte=6)
                | Q(season="HT", start_date__month__gte=7, end_date__month__gte=7),
                name="group_dates_in_half_year",
            ),
            models.CheckConstraint(
                condition=Q(start_date__year=F("year"), end_date__year=F("year")),
                name="group_dates_in_year",
            ),
            models.CheckConstraint(condition=Q(trial=True), name="group_is_trial"),
            models.CheckConstraint(
                condition=Q(co_grading_teacher__isnull=True)
                | (Q(grading_teacher__isnull=False) & ~Q(co_grading_teacher=F("grading_teacher"))),
                name="group_co_teacher_is_another",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="group_number_positive"),
        )
        indexes = (models.Index(fields=("year", "season", "unit"), name="group_term"),)

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class Placement(models.Model):
    """Kursdeltagare: one person's prövning in one group, with its one date (Manual s. 3).

    `exam_date` is fr.o.m., t.o.m., prövningsdatum and betygsdatum at once. It cannot change once a
    grade decision exists (database guard); a wrong date is then a rättelse: a new row `supersedes`
    this one. `outcome` says why no grade is set; it is never a grade. `after_validation` says that
    the prövning follows on a validering: the same record, with where it comes from (Skollagen
    20 kap. 43 §).
    """

    class Outcome(models.TextChoices):
        """Why a prövning gave no grade (Skollagen 20 kap. 40 §: a streck is not an answer)."""

        PENDING = "", "inget utfall ännu"
        ABSENT = "absent", "kom inte"
        INCOMPLETE = "incomplete", "gjorde inte alla delar"
        NO_IDENTIFICATION = "no_identification", "kunde inte visa legitimation"
        WITHDRAWN = "withdrawn", "återtagen placering"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(ExamGroup, on_delete=models.PROTECT, related_name="placements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    exam_date = models.DateField(db_index=True)
    status = models.CharField(max_length=12)
    study_active = models.BooleanField(default=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True, default="")
    outcome_reason = models.CharField(max_length=400, blank=True)
    override_reason = models.CharField(max_length=400, blank=True)
    after_validation = models.BooleanField(default=False)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A person is placed once per group and date, unless the placement was taken back.

        A rättelse may lead back to a date that an earlier one led away from: what stands is then
        told by who supersedes whom, which a guard of the grades looks after.
        """

        constraints = (
            models.UniqueConstraint(
                fields=("group", "person", "exam_date"),
                condition=~Q(outcome="withdrawn") & Q(supersedes__isnull=True),
                name="placement_once",
            ),
        )
        indexes = (
            models.Index(fields=("person", "exam_date"), name="placement_study_plan"),
            # Nearly every row is no rättelse. The unique index counts them as one value, and SQLite
            # then reads the whole table to find who took a row's place.
            models.Index(
                fields=("supersedes",),
                name="placement_superseding",
                condition=Q(supersedes__isnull=False),
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)
