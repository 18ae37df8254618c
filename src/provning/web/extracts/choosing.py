"""One person's extracts: choosing grades, looking at the paper, issuing it, and what was issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from provning.extracts.actions import issue_extract
from provning.extracts.queries import extract_choices, issued_to, preview_extract
from provning.extracts.rows import Choice, Issuer, IssuerChoices
from provning.kernel.actors import Permission
from provning.web.clock import today
from provning.web.extracts.forms import ChoiceForm
from provning.web.extracts.listing import choice_table, issued_table
from provning.web.forms import ProvningForm, ShownProblem, problems_on, shown
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import person_page
from provning.web.tables import Table

NEW = "nytt"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Share:
    """One issuer's part of the page: the grades to choose from, or why they cannot be issued."""

    key: str
    issuer: Issuer
    table: Table[Choice]
    form: ChoiceForm
    problems: list[ShownProblem]


@screen(permission=(Permission.ISSUE_EXTRACTS, Permission.VIEW_CATALOGUES), methods=("GET", "HEAD"))
def person(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Show what can be issued to a person and what has been."""
    return person_extracts(request, person_id)


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("POST",))
def issue(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Issue an extract of the marked grades."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    with problems_on(form):
        made = issue_extract(
            actor=request.actor,
            person_id=person_id,
            decision_ids=form.chosen(),
            english=form.cleaned_data["english"],
            submission=form.cleaned_data["submission"],
            today=today(),
        )
        text = _("Utdrag {document} är utfärdat. Skriv ut det och låt rektor skriva under.")
        messages.success(request, text.format(document=made.document_id))
        return redirect(marked(person_id, made.id))
    return person_extracts(request, person_id, form)


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("POST",))
def preview(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Show the paper as it would be; nothing is stored."""
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        raise Http404
    with problems_on(form):
        document = preview_extract(
            request.actor,
            person_id,
            form.chosen(),
            english=form.cleaned_data["english"],
            today=today(),
        )
        response = HttpResponse(document, content_type=PDF)
        response["Content-Disposition"] = 'inline; filename="forhandsvisning.pdf"'
        return response
    return person_extracts(request, person_id, form)


def person_extracts(
    request: ScreenRequest, person_id: UUID, form: ProvningForm | None = None
) -> HttpResponse:
    """Show the page; `form` is one that was sent and has problems."""
    actor = request.actor
    may_issue = actor.may(Permission.ISSUE_EXTRACTS)
    head = person_page(request, person_id, "extracts")
    rows = issued_to(actor, person_id)
    context = {
        "person": head,
        "shares": _shares(extract_choices(actor, person_id, today()), form),
        "issued": issued_table(
            rows, request.GET.get(NEW, ""), get_token(request), may_issue=may_issue
        ),
        "may_issue": may_issue,
        "form": form,
    }
    return page(request, "extracts/person.html", context, form=form)


def marked(person_id: UUID, extract_id: UUID) -> str:
    """Return the address of the person's page with one extract marked."""
    return f"{reverse('extracts:person', args=[person_id])}?{NEW}={extract_id}#u-{extract_id}"


def _shares(found: Sequence[IssuerChoices], sent: ProvningForm | None) -> list[Share]:
    """Return a form for each issuer: the one that was sent as it was, the others all marked."""
    return [_share(each, sent if isinstance(sent, ChoiceForm) else None) for each in found]


def _share(found: IssuerChoices, sent: ChoiceForm | None) -> Share:
    key = str(found.issuer.unit_id or found.issuer.organiser_id)
    everything = frozenset(str(each.decision_id) for each in found.choices)
    own = sent is not None and sent.data.get("issuer", "") == key
    form = sent if own and sent else ChoiceForm(initial={"issuer": key}, auto_id=f"{key}-%s")
    chosen = frozenset(map(str, form.chosen())) if own else everything
    table = choice_table(found.choices, chosen, may_choose=not found.problems)
    return Share(key, found.issuer, table, form, shown(found.problems))
