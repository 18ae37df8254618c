"""The form that places several persons at once: one day for all, and a row's own if it has one."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.exams.queries import GroupRow
from provning.kernel.problems import Problem
from provning.people.queries import PersonRow
from provning.web.fields import DayField
from provning.web.forms import ProblemError, ProvningForm
from provning.web.groups.forms import REASON, REASON_LENGTH
from provning.web.groups.picked import Picked


class PlaceForm(ProvningForm):
    """Who is placed and when; the rows' own days are fields named after the persons."""

    exam_date = DayField(
        label=gettext_lazy("Prövningsdatum för alla"),
        help_text=gettext_lazy("Blir elevernas fr.o.m., t.o.m. och betygsdatum."),
    )
    numbers = forms.CharField(
        label=gettext_lazy("Personnummer"),
        required=False,
        help_text=gettext_lazy(
            "Ett på varje rad, eller klistrade ur ett kalkylblad. Tio eller tolv siffror."
        ),
        widget=forms.Textarea({"rows": 5, "class": "w-m", "autocomplete": "off"}),
    )
    search = forms.CharField(
        label=gettext_lazy("Sök inskriven elev på namn"),
        required=False,
        widget=forms.TextInput({"type": "search", "class": "w-m", "autocomplete": "off"}),
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Skäl till att placera igen"),
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(REASON),
    )

    def __init__(
        self, group: GroupRow, picked: Picked, typed: Mapping[str, str], *, sent: bool
    ) -> None:
        """Make a date field for each person, within the group's days.

        Numbers that have become rows leave their box; those that gave nobody stay in it. Until the
        form is `sent` to place somebody, what is typed is only shown.
        """
        values = {**typed, "numbers": picked.numbers}
        super().__init__(values if sent else None, initial=values)
        self.chosen = picked.chosen
        for person in picked.chosen:
            self.fields[date_name(person)] = DayField(label=person.label, required=False)
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.between(group.start_date, group.end_date)

    def say_what_is_missing(self, picked: Picked) -> None:
        """Put on the form the numbers that gave nobody."""
        self.full_clean()
        never = _("{number} har aldrig varit inskriven hos anordnaren. Skicka en begäran.")
        for each in picked.left:
            said = f"{each.number}: {each.said}" if each.said else never.format(number=each.number)
            self.add_error("numbers", said)

    def entries(self) -> list[tuple[UUID, date]]:
        """Return everybody with their day, once the form is valid."""
        given = self.cleaned_data
        return [(each.id, given[date_name(each)] or given["exam_date"]) for each in self.chosen]

    def say_at_rows(self, problems: Iterable[Problem]) -> None:
        """Put what the action refuses at the rows; the field row-1 is the first of them."""
        rows = {f"row-{number}": each for number, each in enumerate(self.chosen, 1)}
        for problem in problems:
            error, person = ProblemError(problem), rows.get(problem.field)
            if person is not None:
                error.message = f"{person.label}: {error.message}"
            self.add_error(date_name(person) if person else None, error)


def date_name(person: PersonRow) -> str:
    """Return the name of a person's own date field."""
    return f"date-{person.id}"
