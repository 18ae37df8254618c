"""Forms: rendered by our components, filled with the problems that rules find."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from provning.accounts.actions import confirm_password
from provning.accounts.assurance import Act, Needed, still_needed
from provning.kernel.problems import ConflictError, Problem, ProblemsFoundError
from provning.web.identity.limits import try_once
from provning.web.identity.sessions import (
    assurance_of,
    factors_in,
    is_confirmed,
    password_is_enough,
)
from provning.web.screen_request import ScreenRequest

TOO_OFTEN = _("Du har försökt för många gånger. Vänta en kvart och försök igen.")


class ProblemError(ValidationError):
    """A kernel problem as Django's forms carry it; `source` cites the paragraph or the page."""

    def __init__(self, problem: Problem) -> None:
        """Translate the problem."""
        super().__init__(problem_text(problem), code=problem.code)
        self.source = gettext(problem.source) if problem.source else ""
        self.overridable = problem.overridable


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One line of the error summary, and one error at a field; `target` is the input's id."""

    text: str
    source: str = ""
    target: str = ""
    code: str = ""


class ProvningForm(forms.Form):
    """The form every screen builds on.

    Problems stand in a summary first on the page and at each field; what was typed stays. Render
    with `{% error_summary form %}` and `{% field form.name %}`.
    """

    required_css_class = "required"
    conflict = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what to do, not only what is missing, and leave the checking to the server."""
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        for field in self.fields.values():
            if str(field.error_messages.get("required")) == _django_required():
                field.error_messages["required"] = _missing(field)

    def shown_problems(self) -> list[ShownProblem]:
        """Return every problem in the order of the fields, those of the whole form first."""
        found = self.errors.as_data()
        names = [NON_FIELD_ERRORS, *self.fields]
        return [
            shown
            for name in [*names, *(each for each in found if each not in names)]
            for shown in self.problems_at(name)
        ]

    def problems_at(self, name: str) -> list[ShownProblem]:
        """Return the problems of one field; that a file has to be chosen again is one of them.

        No browser lets a page put a chosen file back.
        """
        target = input_id(self[name]) if name in self.fields else ""
        found = [
            ShownProblem(text, getattr(error, "source", ""), target, error.code or "")
            for error in self.errors.as_data().get(name, [])
            for text in error.messages
        ]
        chosen = self.files.get(self.add_prefix(name)) if self.errors and target else None
        if chosen is None or found:
            return found
        text = gettext("Välj filen {file} igen. Allt annat finns kvar.").format(file=chosen.name)
        return [ShownProblem(text, "", target, "file-again")]

    @property
    def has_overridable_problems(self) -> bool:
        """Say whether every problem is local custom, which a reason may set aside."""
        found = [error for errors in self.errors.as_data().values() for error in errors]
        return bool(found) and all(getattr(error, "overridable", False) for error in found)


class SubmittedForm(ProvningForm):
    """A form whose sending twice does the thing once: it carries its own number."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class VersionedForm(ProvningForm):
    """A form that changes something somebody else may be changing: it carries the version seen."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)

    def now_over(self, version: int) -> None:
        """Let the form be sent again over what is stored now; everything typed stays."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data["expected_version"] = str(version)
        self.data = data


class PasswordForm(ProvningForm):
    """A form that asks the person to show anew that it is they: what it does has lifelong effect.

    Mix in before the others, `class DecideForm(PasswordForm, SubmittedForm)`, name the act, make it
    with `request` and show `{% include "identity/confirm_here.html" %}`. Whoever has a password
    writes it here; whoever signs in otherwise, or has to show more, is led to a page for it and
    back to everything typed. A wrong password is a problem like any other.
    """

    act: ClassVar[Act] = Act.DECIDE_GRADES
    password = forms.CharField(
        label=_("Ditt lösenord"),
        help_text=_("Skriv det igen, för att visa att det är du."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Skriv ditt lösenord.")},
    )

    def __init__(self, *args: Any, request: ScreenRequest, **kwargs: Any) -> None:
        """Keep who is asked, and ask for a password only from who can answer with it."""
        super().__init__(*args, **kwargs)
        self.request = request
        self.needed = still_needed(
            self.act,
            assurance_of(request),
            confirmed=is_confirmed(request),
            password_is_enough=password_is_enough(),
        )
        if self.needed is not Needed.CONFIRMATION or not request.user.has_usable_password():
            del self.fields["password"]
        self.order_fields([name for name in self.fields if name != "password"])

    @property
    def other_ways(self) -> bool:
        """Say whether the person can, or has to, show who they are on a page of its own."""
        if self.needed is Needed.NOTHING:
            return False
        has_more = bool(factors_in(self.request)) or assurance_of(self.request).level > 1
        return "password" not in self.fields or has_more

    @property
    def till(self) -> str:
        """Return where the form is going, as the query of the page that confirms."""
        return urlencode({"till": self.request.get_full_path()})

    @property
    def lacks_strength(self) -> bool:
        """Say whether a password alone is too little for this."""
        return self.needed is Needed.STRENGTH

    def clean_password(self) -> str:
        """Hold the password against the signed-in account's."""
        password: str = self.cleaned_data["password"]
        actor, user_id = self.request.actor, self.request.user.pk
        tried = try_once(self.request, "confirm", str(user_id))
        if tried is None:
            raise ValidationError(TOO_OFTEN)
        for problem in confirm_password(actor=actor, user_id=user_id, password=password):
            raise ProblemError(problem)
        tried.rollback()
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse whoever has not shown enough, in a way that this form cannot take."""
        found = super().clean() or {}
        if self.needed is not Needed.NOTHING and "password" not in self.fields:
            self.add_error(None, _("Bekräfta först att det är du."))
        return found


def input_id(bound: forms.BoundField) -> str:
    """Return the id of a field's input, of the first one when there are several."""
    one_of_many = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if one_of_many else str(bound.auto_id)


def problem_text(problem: Problem) -> str:
    """Return a problem in the reader's language, with its parameters filled in."""
    return gettext(problem.message).format(**problem.params)


def shown(problems: Iterable[Problem]) -> list[ShownProblem]:
    """Return problems that belong to no form, for `{% error_summary problems=… %}`."""
    return [
        ShownProblem(problem_text(each), gettext(each.source) if each.source else "", "", each.code)
        for each in problems
    ]


def add_problems(
    form: forms.BaseForm,
    problems: Iterable[Problem],
    fields: Mapping[str, str] | None = None,
) -> None:
    """Put kernel problems on the fields they name; what has no field stands over the whole form.

    `fields` maps the kernel's names to the form's where they differ: `{"exam_date": "day"}`.
    """
    for problem in problems:
        name = (fields or {}).get(problem.field, problem.field)
        form.add_error(name if name in form.fields else None, ProblemError(problem))


@contextmanager
def problems_on(form: ProvningForm, fields: Mapping[str, str] | None = None) -> Iterator[None]:
    """Let an action run, and put what it refuses on the form, like this.

    if form.is_valid():
        with problems_on(form):
            group = create_exam_group(actor=request.actor, today=today(), **form.cleaned_data)
            return redirect("group", group.id)
    return page(request, "groups/new.html", form=form)
    """
    try:
        yield
    except ProblemsFoundError as error:
        form.conflict = isinstance(error, ConflictError)
        add_problems(form, error.problems, fields)


def _django_required() -> str:
    return str(forms.Field.default_error_messages["required"])


def _missing(field: forms.Field) -> str:
    label = str(field.label or "")
    if label.endswith("?"):
        return gettext("Svara på frågan: {label}").format(label=label)
    if isinstance(field, forms.ChoiceField):
        text = gettext("Välj {label}.")
    else:
        text = gettext("Fyll i {label}.")
    return text.format(label=label.lower())
