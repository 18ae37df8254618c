"""The forms of a prövningsgrupp."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.people.queries import TeacherRow
from provning.web.fields import ComboField, ComboInput, DayField
from provning.web.forms import ProvningForm, SubmittedForm, VersionedForm
from provning.web.groups.draft import Draft
from provning.web.selection import Selection

REASON_LENGTH = 400
NOBODY = "none"
REASON = {"rows": 3, "class": "w-fill", "maxlength": REASON_LENGTH}


class NewGroupForm(SubmittedForm):
    """What a person chooses for a new group; everything else follows (Manual s. 1–2)."""

    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))
    term = forms.ChoiceField(label=gettext_lazy("Period"))
    course = ComboField(label=gettext_lazy("Kurs"))
    grading_teacher = forms.ChoiceField(label=gettext_lazy("Betygssättande lärare"), required=False)
    start_date = DayField(label=gettext_lazy("Från och med"))
    end_date = DayField(label=gettext_lazy("Till och med"))
    full_code = forms.BooleanField(label=gettext_lazy("Hela kurskoden i namnet"), required=False)
    override_reason = forms.CharField(
        label=gettext_lazy("Skäl till undantaget"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(REASON),
    )
    default_start = forms.CharField(widget=forms.HiddenInput, required=False)
    default_end = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, draft: Draft, selection: Selection, data: Any = None, **kwargs: Any) -> None:
        """Offer what the draft's unit and term leave open."""
        super().__init__(data, initial=draft.values(), **kwargs)
        units = [(str(unit.id), unit.name) for unit in selection.units]
        set_choices(self, "unit", units)
        terms = sorted({*selection.terms, draft.term}, reverse=True)
        set_choices(self, "term", [(term.code, term.label) for term in terms])
        set_choices(self, "grading_teacher", teacher_choices(draft.teachers))
        search = f"{reverse('courses:search')}?on={draft.calendar.last_day}"
        self.fields["course"].widget = ComboInput(search)


class TeacherForm(VersionedForm):
    """Koppla betygssättande lärare."""

    grading_teacher = forms.ChoiceField(
        label=gettext_lazy("Betygssättande lärare"), widget=forms.RadioSelect
    )

    def __init__(self, teachers: Sequence[TeacherRow], *args: Any, **kwargs: Any) -> None:
        """Offer the unit's teachers, and nobody."""
        super().__init__(*args, **kwargs)
        choices = [(str(each.person_id), teacher_text(each)) for each in teachers]
        set_choices(self, "grading_teacher", [*choices, (NOBODY, _("Ingen ännu"))])


class CoTeacherForm(VersionedForm):
    """Two who decide together: the second one, or nobody (Skollagen 3 kap. 16 §)."""

    co_grading_teacher = forms.ChoiceField(
        label=gettext_lazy("Beslutar tillsammans med läraren"), widget=forms.RadioSelect
    )

    def __init__(self, teachers: Sequence[TeacherRow], *args: Any, **kwargs: Any) -> None:
        """Offer the unit's other teachers, and nobody."""
        super().__init__(*args, **kwargs)
        choices = [(str(each.person_id), teacher_text(each)) for each in teachers]
        nobody = (NOBODY, _("Ingen, läraren beslutar själv"))
        set_choices(self, "co_grading_teacher", [nobody, *choices])


class DatesForm(VersionedForm):
    """When a group is open; a day outside the provider's own term needs a reason."""

    start_date = DayField(label=gettext_lazy("Från och med"))
    end_date = DayField(label=gettext_lazy("Till och med"))
    override_reason = forms.CharField(
        label=gettext_lazy("Skäl till undantaget"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(REASON),
    )


class ExamDateForm(VersionedForm):
    """A placement's one date."""

    exam_date = DayField(label=gettext_lazy("Prövningsdatum"))

    def limit(self, first: date, last: date) -> None:
        """Hold the date within the group's days, in the date picker too."""
        field = self.fields["exam_date"]
        assert isinstance(field, DayField)  # noqa: S101 # declared above
        field.between(first, last)


class WithdrawForm(VersionedForm):
    """Why a placement is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Skäl"), max_length=REASON_LENGTH, widget=forms.Textarea(REASON)
    )


def set_choices(form: ProvningForm, name: str, choices: list[tuple[str, str]]) -> None:
    """Set what a field offers in this form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # what the caller declared
    field.choices = choices


def teacher_choices(teachers: Sequence[TeacherRow]) -> list[tuple[str, str]]:
    """Return the teachers by name for a list to choose from, nobody first."""
    named = [(str(each.person_id), each.name) for each in teachers]
    return [("", _("Ingen ännu")), *named]


def teacher_text(teacher: TeacherRow) -> str:
    """Return a teacher's name with what the register knows of the right to set grades."""
    known = _("legitimerad") if teacher.registered_teacher else _("inte legitimerad")
    subjects = ", ".join(teacher.subjects)
    return f"{teacher.name} ({known}{': ' if subjects else ''}{subjects})"
