"""The course register: every course and level that can or could be examined."""

import uuid

from django.db import models


class Course(models.Model):
    """A course (Gy11, grundläggande, sfi, anpassad) or a level of a subject (Gy25).

    `code` keeps the official form, `key` compares (NFC, case ignored). `scale_family` is a
    `kernel.grade_scales.ScaleFamily`; the scale itself follows from the family and the day.
    """

    class Curriculum(models.TextChoices):
        """Regelverk: the rules that the course belongs to."""

        GY11 = "gy11", "Gy11"
        GY25 = "gy25", "Gy25"
        BASIC = "basic", "Grundläggande nivå"
        SFI = "sfi", "Sfi"
        ADAPTED_BASIC = "adapted_basic", "Anpassad utbildning, grundläggande nivå"
        ADAPTED_UPPER = "adapted_upper", "Anpassad utbildning, gymnasial nivå"

    class Kind(models.TextChoices):
        """What sort of thing the code names."""

        COURSE = "course", "kurs"
        LEVEL = "level", "ämnesnivå"
        PART = "part", "delkurs"
        DIPLOMA = "diploma", "komvuxarbete eller gymnasiearbete"
        ORIENTATION = "orientation", "orienteringskurs"
        SUBJECT_AREA = "subject_area", "ämnesområde"
        TEMPLATE = "template", "mall för språkkod"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=16, unique=True)
    key = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    subject_code = models.CharField(max_length=8)
    subject_name = models.CharField(max_length=160)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    curriculum = models.CharField(max_length=16, choices=Curriculum.choices)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    scale_family = models.CharField(max_length=24)
    in_adult_education = models.BooleanField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_historic = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=420, db_index=True)

    def __str__(self) -> str:
        """Show code and name."""
        return f"{self.code} {self.name}"


class CourseWord(models.Model):
    """One word of a course's code or name, as an ASCII key that is searched by prefix."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="words")
    key = models.CharField(max_length=200, db_index=True)

    class Meta:
        """A word stands once per course."""

        constraints = (models.UniqueConstraint(fields=("course", "key"), name="course_word_once"),)

    def __str__(self) -> str:
        """Show the key."""
        return self.key


class CoursePair(models.Model):
    """A Gy11 course and a Gy25 level of the same content; shown, never used to convert."""

    gy11 = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="gy25_pairs")
    gy25 = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="gy11_pairs")

    class Meta:
        """A pair stands once."""

        constraints = (models.UniqueConstraint(fields=("gy11", "gy25"), name="course_pair_once"),)

    def __str__(self) -> str:
        """Show both codes."""
        return f"{self.gy11_id} {self.gy25_id}"


class RegisterVersion(models.Model):
    """Which data files the register was last filled from, so that a second load does nothing."""

    digest = models.CharField(max_length=64, unique=True)
    loaded_at = models.DateTimeField()
    courses = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Show the digest."""
        return self.digest
