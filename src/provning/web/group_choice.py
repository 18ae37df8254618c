"""Choosing a prövningsgrupp: unit and term narrow, the course gathers, the group is chosen."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.exams.policies import may_on_group
from provning.exams.queries import GroupRow, group_for, groups_for
from provning.kernel.actors import Permission
from provning.web.fields import DayField
from provning.web.forms import ProvningForm
from provning.web.screen_request import ScreenRequest
from provning.web.selection import Selection, choose, choose_unit, selected

NO_POINTS = gettext_lazy("poäng saknas")


class GroupFilterForm(ProvningForm):
    """What the groups to choose from are narrowed by; only shown, so nothing is required of it."""

    unit = forms.ChoiceField(label=gettext_lazy("Enhet"))
    term = forms.ChoiceField(label=gettext_lazy("Period"))
    q = forms.CharField(
        label=gettext_lazy("Grupp, kurs, kurskod eller lärare"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, selection: Selection, text: str) -> None:
        """Show what the groups are narrowed by now."""
        unit = selection.unit.id if selection.unit else ""
        initial = {"unit": unit, "term": selection.term.code, "q": text}
        super().__init__(initial=initial, auto_id="filter-%s")
        _choices(self, "unit", [(str(each.id), each.name) for each in selection.units])
        _choices(self, "term", [(each.code, each.label) for each in selection.terms])


class GroupChoiceForm(ProvningForm):
    """A form with a prövningsgrupp and the one date in it."""

    group = forms.ChoiceField(
        label=gettext_lazy("Prövningsgrupp"),
        help_text=gettext_lazy("Kurs och poäng följer med gruppen."),
        widget=forms.Select(attrs={"class": "w-fill"}),
    )

    def offer(self, groups: Sequence[GroupRow]) -> None:
        """Set the groups to choose from, gathered under their courses."""
        _choices(self, "group", [("", _("Välj grupp")), *options(groups)])
        if len(groups) == 1 and not self.initial.get("group"):
            self.initial["group"] = str(groups[0].id)

    def limit_days(self, name: str, first: date | None, last: date | None) -> None:
        """Let a date picker offer the days that the groups have; what is sent, the rules judge."""
        field = self.fields[name]
        assert isinstance(field, DayField)  # noqa: S101 # the forms' dates are
        field.between(first, last)

    @property
    def group_id(self) -> UUID:
        """Return the chosen group, once the form is valid."""
        return UUID(self.cleaned_data["group"])


def groups_to_choose(
    request: ScreenRequest, permission: Permission
) -> tuple[Selection, list[GroupRow]]:
    """Return the chosen unit and term, and the groups there in which the permission is held.

    `unit`, `term` and `q` of the address narrow; a `group` of the address or of the form that is
    sent brings its own unit and term. Raises `NotFoundError` for a group out of scope.
    """
    _follow(request, permission)
    selection = selected(request)
    if selection.unit is None:
        return selection, []
    groups = groups_for(
        request.actor,
        unit_id=selection.unit.id,
        term=selection.term,
        text="" if request.method == "POST" else request.GET.get("q", ""),
        order="course",
    )
    return selection, [each for each in groups if may_on_group(request.actor, permission, each)]


def asked_group(request: ScreenRequest) -> UUID | None:
    """Return the group that the form or the address names, None when it names none."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        return UUID(sent.get("group", ""))
    except ValueError:
        return None


def options(groups: Sequence[GroupRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups as choices, one heading for each course with its code and points."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in groups:
        points = _("{points} poäng").format(points=each.points) if each.points else str(NO_POINTS)
        course = f"{each.course_name}, {each.course_code}, {points}"
        teacher = each.teacher_name or _("ingen lärare kopplad")
        days = f"{each.start_date}–{each.end_date}"
        found.setdefault(course, []).append((str(each.id), f"{each.name} · {teacher} · {days}"))
    return list(found.items())


def span(groups: Sequence[GroupRow]) -> tuple[date | None, date | None]:
    """Return the first and the last day that any of the groups has."""
    if not groups:
        return None, None
    return min(each.start_date for each in groups), max(each.end_date for each in groups)


def _follow(request: ScreenRequest, permission: Permission) -> None:
    """Keep the unit and term that the address or the form stands for."""
    selected(request)
    group_id = asked_group(request)
    if group_id is not None:
        group = group_for(request.actor, group_id, permission)
        choose_unit(request, group.unit_id, group.term)
    elif "unit" in request.GET or "term" in request.GET:
        choose(request, unit=request.GET.get("unit", ""), term=request.GET.get("term", ""))


def _choices(form: forms.Form, name: str, choices: Sequence[tuple[str, object]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 # both forms' fields are
    field.choices = choices
