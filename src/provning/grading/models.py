"""The grade: a draft that may change, and a decision that may not."""

import uuid

from django.db import models
from django.db.models import Q

from provning.exams.models import Placement
from provning.people.models import Person


class GradeParticulars(models.Model):
    """What a grade may need beside its value; a draft has it, and the decision keeps it.

    `exception_used` says that parts of the criteria were disregarded for a lasting disability
    (Skollagen 20 kap. 38 §); nothing medical is kept, and who used it is who decided. The project's
    three fields belong to komvuxarbete: its title and summary, and the medbedömare who has given an
    opinion (Förordning 2011:1108 4 kap. 8 §).
    """

    exception_used = models.BooleanField(default=False)
    specialisation = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=60, blank=True)
    project_title = models.CharField(max_length=200, blank=True)
    project_summary = models.CharField(max_length=240, blank=True)
    co_assessor = models.CharField(max_length=200, blank=True)

    class Meta:
        """Columns of other tables."""

        abstract = True


class GradeDraft(GradeParticulars):
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


class GradeOpinion(models.Model):
    """What one of two teachers who decide together holds the grade to be (Skollagen 3 kap. 16 §).

    Both must hold the same; when they do not, rektor decides (Skollagen 20 kap. 41 §). Gone once
    the grade is decided: the decision names them both.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="opinions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=8)
    given_at = models.DateTimeField()

    class Meta:
        """One opinion per teacher and placement."""

        constraints = (
            models.UniqueConstraint(fields=("placement", "person"), name="grade_opinion_once"),
        )

    def __str__(self) -> str:
        """Name the row by its placement."""
        return str(self.placement_id)


class GradeDecision(GradeParticulars):
    """Betygsbeslut: insert-only. Its date is the placement's prövningsdatum and no other.

    `decided_by` decided, `registered_by_*` typed: two facts. A rättelse or ändring is a new row
    that `supersedes` the old one (Skollagen 3 kap. 19–20 §§); the valid grade is a query.
    Course and scale are written as they were on the day, so that the row can be read alone.
    `ground` and `reason` say why rektor decided, or why a grade was corrected or amended; `hearing`
    whether the examinee was heard before a rättelse, `hearing_note` what they said or why not.
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

    class PrincipalGround(models.TextChoices):
        """Why rektor decides instead of the teacher (Skollagen 3 kap. 20 §, 20 kap. 41 §)."""

        NONE = "", "läraren beslutade"
        DISAGREEMENT = "disagreement", "lärarna är oense"
        LEFT = "left", "läraren har slutat"
        HINDERED = "hindered", "läraren är förhindrad"

    class Hearing(models.TextChoices):
        """Whether the examinee was heard before a rättelse (Skollagen 3 kap. 19 §)."""

        NONE = "", "ingen rättelse"
        HEARD = "heard", "eleven har yttrat sig"
        UNNECESSARY = "unnecessary", "yttrande var obehövligt"

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
    ground = models.CharField(
        max_length=12, choices=PrincipalGround.choices, blank=True, default=""
    )
    reason = models.TextField(blank=True)
    hearing = models.CharField(max_length=11, choices=Hearing.choices, blank=True, default="")
    hearing_note = models.TextField(blank=True)

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
            models.CheckConstraint(
                condition=~Q(correction_type="Rättelse")
                | (Q(decider_role="REKTOR") & ~Q(hearing="") & ~Q(hearing_note="") & ~Q(reason="")),
                name="correction_by_principal_after_hearing",
            ),
            models.CheckConstraint(
                condition=~Q(correction_type="Ändring") | (Q(hearing="") & ~Q(reason="")),
                name="amendment_says_why",
            ),
        )
        # As on placements: the unique index counts every first decision as one value.
        indexes = (
            models.Index(
                fields=("supersedes",),
                name="decision_superseding",
                condition=Q(supersedes__isnull=False),
            ),
        )

    def __str__(self) -> str:
        """Name the row by id."""
        return str(self.id)


class JointDecider(models.Model):
    """A second teacher who decided a grade together with the first: insert-only, signs too."""

    decision = models.ForeignKey(
        GradeDecision, on_delete=models.PROTECT, related_name="joint_deciders"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)

    class Meta:
        """A person decides a grade once."""

        constraints = (
            models.UniqueConstraint(fields=("decision", "person"), name="joint_decider_once"),
        )

    def __str__(self) -> str:
        """Name the row by its decision."""
        return str(self.decision_id)
