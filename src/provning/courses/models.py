"""The course register: every course and level that can or could be examined."""

import uuid

from django.db import models

from provning.courses import kinds, widths


class Course(models.Model):
    """A course (Gy11, grundläggande, sfi, anpassad) or a level of a subject (Gy25).

    `code` keeps the official form, `key` compares (NFC, case ignored). `scale_family` is a
    `kernel.grade_scales.ScaleFamily`; the scale itself follows from the family and the day.
    `level` is the level of a Gy25 subject as written ("1", "1b", "1a2"), else "".
    """

    Curriculum = kinds.Curriculum
    Kind = kinds.Kind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=widths.CODE, unique=True)
    key = models.CharField(max_length=widths.CODE, unique=True)
    name = models.CharField(max_length=widths.NAME)
    name_en = models.CharField(max_length=widths.NAME, blank=True)
    subject_code = models.CharField(max_length=widths.SUBJECT_CODE)
    subject_name = models.CharField(max_length=widths.SUBJECT_NAME)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    curriculum = models.CharField(
        max_length=widths.CHOICE, choices=[(each.value, each.label) for each in kinds.Curriculum]
    )
    kind = models.CharField(
        max_length=widths.CHOICE, choices=[(each.value, each.label) for each in kinds.Kind]
    )
    level = models.CharField(max_length=widths.LEVEL, blank=True)
    scale_family = models.CharField(max_length=widths.CHOICE)
    in_adult_education = models.BooleanField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_historic = models.BooleanField(default=False)
    sort_key = models.CharField(max_length=widths.SORT_KEY, db_index=True)

    def __str__(self) -> str:
        """Show code and name."""
        return f"{self.code} {self.name}"


class CourseWord(models.Model):
    """One word a course is found by, as an ASCII key (`kernel.swedish`) searched by prefix."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="words")
    key = models.CharField(max_length=widths.SORT_KEY, db_index=True)

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
    """Which data files the register was filled from; the newest row is the one in force.

    `digest` is SHA-256 over the files, so that loading the files in force does nothing. `packaged`
    says that they were the project's own, not an installation's.
    """

    digest = models.CharField(max_length=64)
    packaged = models.BooleanField()
    loaded_at = models.DateTimeField()
    courses = models.PositiveIntegerField()

    def __str__(self) -> str:
        """Show the digest."""
        return self.digest
