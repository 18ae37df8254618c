"""The forms of grading; the sheet itself is rows, not a form with fields."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from provning.grading.models import GradeDecision
from provning.grading.queries import GradeRow
from provning.kernel.grade_scales import value_name
from provning.web.forms import PasswordForm, SubmittedForm, VersionedForm

PRINCIPAL = "REKTOR"
NO_GRADE = "none"


class DecideForm(PasswordForm, SubmittedForm):
    """The decision; a rektor says on what ground, and why, it is not the teacher who decides."""

    ground = forms.ChoiceField(
        label=_("Varför beslutar rektor?"),
        choices=[(each, _(each.label)) for each in GradeDecision.PrincipalGround if each],
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Vad som har hänt. Skälet följer beslutet."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, decider_role: str, **kwargs: Any) -> None:
        """Ask for ground and reason only of a principal."""
        super().__init__(*args, **kwargs)
        if decider_role != PRINCIPAL:
            del self.fields["ground"]
            del self.fields["reason"]


class StudentGradeForm(VersionedForm):
    """One person's grade, chosen from the scale of the course on the exam date."""

    value = forms.ChoiceField(label=_("Betyg"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, row: GradeRow | None, **kwargs: Any) -> None:
        """Offer the scale's values, and none when no grade can be set."""
        if row is not None:
            kwargs["initial"] = {
                "value": row.draft_value or NO_GRADE,
                "expected_version": row.draft_version,
            }
        super().__init__(*args, **kwargs)
        values = row.scale.values if row is not None and row.scale else ()
        field = self.fields["value"]
        cast("forms.ChoiceField", field).choices = [
            *((value, value_name(value)) for value in values),
            (NO_GRADE, _("Inget betyg ännu")),
        ]

    def clean_value(self) -> str:
        """Return the grade, "" when there is to be none yet."""
        value: str = self.cleaned_data["value"]
        return "" if value == NO_GRADE else value
