"""The forms of grading; the sheet itself is rows, not a form with fields."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from provning.exams.models import Placement
from provning.exams.rules.outcomes import RECORDED
from provning.grading.models import GradeDecision
from provning.grading.queries import GradeRow
from provning.grading.rows import Needs
from provning.kernel.grade_scales import value_name
from provning.web.forms import PasswordForm, SubmittedForm, VersionedForm
from provning.web.grades.particulars import ParticularsForm

NO_GRADE = "none"
REASON_LENGTH = 400
REVIEW = "review"


class DecideForm(PasswordForm, SubmittedForm):
    """The decision; a rektor says on what ground, and why, it is not the teacher who decides.

    `grounds` are those that can be chosen, none for a teacher. `twice` asks why something that
    looks registered twice is not.
    """

    ground = forms.ChoiceField(label=_("Varför beslutar rektor?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Vad som har hänt. Skälet följer beslutet."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    override_reason = forms.CharField(
        label=_("Varför är det inte samma prövning?"),
        help_text=_("Minst en person har redan betyg i kursen med samma datum."),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, grounds: Sequence[str], twice: bool, **kwargs: Any) -> None:
        """Ask for what this decision needs."""
        super().__init__(*args, **kwargs)
        labels = {each.value: each.label for each in GradeDecision.PrincipalGround}
        field = cast("forms.ChoiceField", self.fields["ground"])
        field.choices = [(each, _(labels[each]).capitalize()) for each in grounds]
        self.fields["ground"].error_messages["required"] = _("Välj varför rektor beslutar.")
        self.fields["reason"].error_messages["required"] = _("Skriv varför rektor beslutar.")
        asked = {"ground": bool(grounds), "reason": bool(grounds), "override_reason": twice}
        for name in (name for name, wanted in asked.items() if not wanted):
            del self.fields[name]


class StudentGradeForm(VersionedForm, ParticularsForm):
    """One person's grade, chosen from the scale of the course on the exam date, and the rest.

    What the course demands beside the grade may be filled in later, but not after the review.
    `over_other` is set when the person has read what the teacher they decide together with typed.
    """

    value = forms.ChoiceField(label=_("Betyg"), widget=forms.RadioSelect)
    over_other = forms.BooleanField(widget=forms.HiddenInput, required=False)
    field_order = ("value", *ParticularsForm.base_fields)

    def __init__(
        self, data: QueryDict | None = None, *, row: GradeRow | None, needs: Needs, **kwargs: Any
    ) -> None:
        """Offer the scale's values, and none when no grade can be set."""
        if row is not None:
            kwargs["initial"] = {
                "value": row.draft_value or NO_GRADE,
                "expected_version": row.draft_version,
                **self.initial_of(row.particulars),
            }
        super().__init__(data, **kwargs)
        values = row.scale.values if row is not None and row.scale else ()
        field = cast("forms.ChoiceField", self.fields["value"])
        field.choices = [
            *((value, value_name(value)) for value in values),
            (NO_GRADE, _("Inget betyg ännu")),
        ]
        # A draft may be saved before everything is known; what is to be decided has to be whole.
        self.ask(needs, required=data is None or data.get("do") == REVIEW)

    def clean_value(self) -> str:
        """Return the grade, "" when there is to be none yet."""
        value: str = self.cleaned_data["value"]
        return "" if value == NO_GRADE else value

    def now_over(self, version: int) -> None:
        """Let the form be sent again over what is stored now, also over the other teacher's."""
        super().now_over(version)
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["over_other"] = "on"
        self.data = data


class OutcomeForm(VersionedForm):
    """Why a prövning gave no grade."""

    outcome = forms.ChoiceField(label=_("Vad hände?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Anteckning"),
        help_text=_("Skriv vilka delar som inte gjordes, om någon inte gjorde alla."),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "w-fill"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the outcomes that can be recorded."""
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["outcome"])
        field.choices = [
            (each.value, _(str(each.label)).capitalize())
            for each in Placement.Outcome
            if each in RECORDED
        ]
