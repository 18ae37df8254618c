"""The forms of rättelse and ändring: each asks for what its own paragraph demands."""

from collections.abc import Iterable, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from provning.accounts.assurance import Act
from provning.grading.models import GradeDecision
from provning.grading.rows import DecisionRow, Needs, Particulars
from provning.grading.rules.amendments import ground_problems, reason_problems
from provning.grading.rules.corrections import Grounds, grounds_problems
from provning.kernel.grade_scales import value_name
from provning.web.fields import DayField
from provning.web.forms import PasswordForm, SubmittedForm, add_problems
from provning.web.grades.particulars import ParticularsForm

LONGEST_TEXT = 2000
Choices = Sequence[tuple[str, str]]


class LongTextField(forms.CharField):
    """Running text that is asked for; that it is missing is for the rule to say, with its law."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        """Give room for some lines."""
        super().__init__(max_length=LONGEST_TEXT, **kwargs)
        self.widget.attrs |= {"rows": 3, "class": "w-fill"}

    def validate(self, value: Any) -> None:
        """Let an empty text through."""


class AskedField(forms.ChoiceField):
    """A choice that is asked for; that it is missing is for the rule to say, with its law."""

    widget = forms.RadioSelect

    def validate(self, value: Any) -> None:
        """Let no choice through, and only such as there are."""
        if value:
            super().validate(value)


class CorrectForm(PasswordForm, SubmittedForm, ParticularsForm):
    """Rättelse: what the decision should have said, whether the examinee was heard, and why.

    Everything is filled in as it stands, so that only what is wrong is changed.
    """

    act = Act.CORRECT_GRADES

    value = forms.ChoiceField(label=_("Betyg"), widget=forms.RadioSelect)
    exam_date = DayField(
        label=_("Prövnings- och betygsdatum"),
        help_text=_("Ändra bara om datumet är fel."),
    )
    group = forms.ChoiceField(
        label=_("Prövningsgrupp"),
        help_text=_("Ändra bara om kursen eller gruppen är fel."),
    )
    hearing = AskedField(label=_("Har eleven fått yttra sig?"))
    hearing_note = LongTextField(
        label=_("Vad eleven sade, eller varför eleven inte hördes"),
        help_text=_("Eleven ska få yttra sig före en rättelse, om det inte är obehövligt."),
    )
    reason = LongTextField(
        label=_("Vilket skrivfel eller förbiseende rättas?"),
        help_text=_("Till exempel: läraren hade bedömt C men D skrevs in. Skriv inget om hälsa."),
    )
    field_order = (
        "submission", "value", "exam_date", "group", *ParticularsForm.base_fields,
        "hearing", "hearing_note", "reason",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        row: DecisionRow,
        values: Choices,
        groups: Iterable[tuple[str, Choices]],
        needs: Needs,
        **kwargs: Any,
    ) -> None:
        """Offer the values and groups, with what stands now chosen."""
        standing = {"value": row.value, "exam_date": row.exam_date, "group": str(row.group_id)}
        kwargs["initial"] = standing | self.initial_of(row.particulars)
        super().__init__(*args, **kwargs)
        _choice(self, "value").choices = values
        _choice(self, "group").choices = list(groups)
        _choice(self, "hearing").choices = [
            ("heard", _("Ja, eleven har fått yttra sig")),
            ("unnecessary", _("Nej, det var obehövligt")),
        ]
        self.ask(needs, required=False)

    def clean(self) -> dict[str, Any]:
        """Say what the law asks for together with everything else that is missing."""
        given = self.cleaned_data
        texts = {name: given.get(name, "").strip() for name in ("hearing_note", "reason")}
        add_problems(self, grounds_problems(Grounds(given.get("hearing", ""), **texts)))
        return given

    def clean_group(self) -> UUID:
        """Return the group's id."""
        return UUID(self.cleaned_data["group"])


class AmendForm(PasswordForm, SubmittedForm, ParticularsForm):
    """Ändring: the higher grade and the circumstances; a rektor also says on what ground."""

    act = Act.CORRECT_GRADES

    value = forms.ChoiceField(label=_("Nytt betyg"), widget=forms.RadioSelect)
    reason = LongTextField(
        label=_("Vilka omständigheter visar att betyget är oriktigt?"),
        help_text=_(
            "De ska gälla tiden före beslutet. Nya kunskaper visas i en ny prövning. Skriv inget om"
            " hälsa."
        ),
    )
    ground = AskedField(label=_("Varför ändrar rektor?"))
    together = forms.BooleanField(label=_("Vi är överens om ändringen"), required=False)
    field_order = (
        "submission", "value", *ParticularsForm.base_fields, "ground", "together", "reason",
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        row: DecisionRow,
        values: Sequence[str],
        as_principal: bool,
        others: Sequence[str],
        needs: Needs,
        **kwargs: Any,
    ) -> None:
        """Offer the higher values, and ask for what the actor's role demands."""
        kwargs["initial"] = self.initial_of(row.particulars)
        super().__init__(*args, **kwargs)
        _choice(self, "value").choices = [(each, value_name(each)) for each in values]
        _choice(self, "ground").choices = [
            (each.value, _capital(str(each.label)))
            for each in GradeDecision.PrincipalGround
            if each.value
        ]
        if not as_principal:
            del self.fields["ground"]
        if as_principal or not others:
            del self.fields["together"]
        self.ask(needs, required=False)

    def clean(self) -> dict[str, Any]:
        """Say what the law asks for together with everything else that is missing."""
        given = self.cleaned_data
        add_problems(self, reason_problems(given.get("reason", "").strip()))
        if "ground" in self.fields:
            add_problems(self, ground_problems(given.get("ground", "")))
        return given


def changed_particulars(form: ParticularsForm, row: DecisionRow) -> Particulars | None:
    """Return what was filled in beside the value, None when it is as it was."""
    given = form.particulars_over(row.particulars)
    return None if given == row.particulars else given


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    return cast("forms.ChoiceField", form.fields[name])


def _capital(label: str) -> str:
    return gettext(label).capitalize()
