"""One request: the provider answers or takes it back, Vuxenutbildningscentrum handles it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from provning.applications.actions import (
    answer_request,
    ask_back,
    refuse_request,
    register_requested,
    withdraw_request,
)
from provning.applications.queries import RequestRow, known_person, request_for
from provning.audit.queries import history_of
from provning.exams.queries import placement_for
from provning.kernel.actors import Actor, Permission
from provning.people.rules import PROTECTIONS
from provning.web import markup
from provning.web.access.searching import log_typed_numbers
from provning.web.clock import today
from provning.web.forms import VersionedForm, problems_on
from provning.web.permissions import screen
from provning.web.requests.listing import SIDES, request_name, request_number, request_status
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.sentences import history_items
from provning.web.students.placing import marked_row

LONGEST = 2000


class WordsField(forms.CharField):
    """Words that the other side reads."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **kwargs: Any) -> None:
        """Keep the words to what a person reads."""
        super().__init__(max_length=LONGEST, **kwargs)


class StepForm(VersionedForm):
    """One step with a request, on the version that was read."""


class RegisterForm(StepForm):
    """What the register needs besides the request."""

    protection = forms.ChoiceField(
        label=gettext_lazy("Skyddad identitet"),
        widget=forms.RadioSelect,
        choices=[(each, gettext_lazy(each)) for each in PROTECTIONS],
        initial=PROTECTIONS[0],
    )
    email = forms.EmailField(
        label=gettext_lazy("E-postadress"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class AskForm(StepForm):
    """A question to the provider."""

    question = WordsField(
        label=gettext_lazy("Fråga"), help_text=gettext_lazy("Anordnaren läser och svarar.")
    )


class AnswerForm(StepForm):
    """The provider's answer."""

    answer = WordsField(
        label=gettext_lazy("Svar"),
        help_text=gettext_lazy("Vuxenutbildningscentrum läser svaret."),
    )


class RefuseForm(StepForm):
    """Why the request is refused."""

    refusal = WordsField(
        label=gettext_lazy("Skäl"), help_text=gettext_lazy("Anordnaren läser skälet.")
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do with a request: its form, who may, what it does and what is said after."""

    form: type[StepForm]
    may: Callable[[RequestRow], bool]
    act: Callable[..., object]
    said: Promise | str
    takes_day: bool = True


STEPS: Mapping[str, Step] = {
    "answer": Step(
        AnswerForm,
        lambda row: row.may_send and row.status == "question",
        answer_request,
        gettext_lazy("Svaret är skickat till Vuxenutbildningscentrum."),
    ),
    "register": Step(
        RegisterForm,
        lambda row: row.may_handle and row.is_open,
        register_requested,
        gettext_lazy("Personen är registrerad, inskriven och placerad."),
    ),
    "ask": Step(
        AskForm,
        lambda row: row.may_handle and row.is_open,
        ask_back,
        gettext_lazy("Frågan är skickad till anordnaren."),
    ),
    "refuse": Step(
        RefuseForm,
        lambda row: row.may_handle and row.is_open,
        refuse_request,
        gettext_lazy("Begäran är avslagen."),
    ),
    "withdraw": Step(
        StepForm,
        lambda row: row.may_send and row.is_open,
        withdraw_request,
        gettext_lazy("Begäran är återtagen."),
        takes_day=False,
    ),
}


@screen(permission=SIDES)
def detail(request: ScreenRequest, request_id: UUID) -> HttpResponse:
    """Show a request with what the actor may do with it, and do it."""
    row = request_for(request.actor, request_id)
    act = request.POST.get("do", "") if request.method == "POST" else ""
    sent = STEPS[act].form(request.POST, auto_id=f"{act}-%s") if act in STEPS else None
    if sent is not None and sent.is_valid():
        if act == "register":
            log_typed_numbers(request, "requests:detail", [row.number_display])
        with problems_on(sent):
            _do(request.actor, STEPS[act], sent, request_id)
            messages.success(request, str(STEPS[act].said))
            return redirect("requests:detail", request_id)
        row = request_for(request.actor, request_id)
        if _done_already(row, act, sent):
            return redirect("requests:detail", request_id)
    return page(request, "requests/detail.html", _context(request.actor, row, act, sent), form=sent)


def _do(actor: Actor, step: Step, form: StepForm, request_id: UUID) -> None:
    """Take the step with what the form holds."""
    day = {"today": today()} if step.takes_day else {}
    step.act(actor=actor, request_id=request_id, **form.cleaned_data, **day)


def _done_already(row: RequestRow, act: str, form: StepForm) -> bool:
    """Say whether the same form has done the same thing a moment ago: it was sent twice."""
    words = {"ask": row.question, "answer": row.answer, "refuse": row.refusal}
    stands = {"ask": "question", "answer": "sent", "refuse": "refused"}
    field = {"ask": "question", "answer": "answer", "refuse": "refusal"}.get(act)
    if field is None or not form.conflict or row.status != stands[act]:
        return False
    seen: int = form.cleaned_data["expected_version"]
    return row.version == seen + 1 and words[act] == str(form[field].value()).strip()


def _context(actor: Actor, row: RequestRow, act: str, sent: StepForm | None) -> dict[str, object]:
    """Return what the page shows: facts, and a form for each step that is possible now."""
    handles = row.may_handle and row.is_open
    return {
        "row": row,
        "title": request_name(row),
        "lead": request_status(row),
        "forms": _forms(row, act, sent),
        "shown_form": sent,
        "known": known_person(actor, row.id) if handles else None,
        "student_url": _student_url(actor, row),
        "events": history_items(history_of("registration_request", row.id)),
        "shown_status": request_status(row),
        "shown_name": request_name(row),
        "shown_number": request_number(row),
        "shown_group": markup.group_name(row.group_name, row.course_code),
    }


def _forms(row: RequestRow, act: str, sent: StepForm | None) -> dict[str, StepForm]:
    """Return the form of each possible step; the one that was sent keeps what was typed."""
    found = {}
    for key, step in STEPS.items():
        if not step.may(row):
            continue
        version = {"expected_version": row.version}
        found[key] = step.form(initial=version, auto_id=f"{key}-%s")
        if sent is not None and key == act:
            found[key] = _over(row, sent)
    return found


def _over(row: RequestRow, sent: StepForm) -> StepForm:
    """Let a form that met a conflict be sent again over what is stored now."""
    if sent.conflict:
        sent.now_over(row.version)
    return sent


def _student_url(actor: Actor, row: RequestRow) -> str:
    """Return the way to the placed person's study plan, "" for who may not see persons."""
    if row.placement_id is None or not actor.may(Permission.VIEW_PERSONS):
        return ""
    return marked_row(placement_for(actor, row.placement_id).person.id, row.placement_id)
