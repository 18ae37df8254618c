"""Extracts that have been issued: the document, a new one in its place, a copy of a lost one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.extracts.actions import copy_extract, reissue_extract
from provning.extracts.queries import extract_document, extract_for
from provning.kernel.actors import Permission
from provning.web.clock import today
from provning.web.extracts.choosing import marked, person_extracts
from provning.web.extracts.forms import CopyForm, OnceForm
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import person_page


@screen(permission=Permission.VIEW_CATALOGUES, methods=("GET", "HEAD"))
def document(request: ScreenRequest, extract_id: UUID) -> HttpResponse:
    """Hand out the stored bytes under the document's own name."""
    found = extract_document(request.actor, extract_id)
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    return response


@screen(permission=Permission.ISSUE_EXTRACTS, methods=("POST",))
def reissue(request: ScreenRequest, extract_id: UUID) -> HttpResponse:
    """Issue a new extract in place of one that is out of date."""
    seen = extract_for(request.actor, extract_id, Permission.ISSUE_EXTRACTS)
    form = OnceForm(request.POST)
    if not form.is_valid():
        raise Http404
    with problems_on(form):
        made = reissue_extract(
            actor=request.actor,
            extract_id=extract_id,
            submission=form.cleaned_data["submission"],
            today=today(),
        )
        text = _("Utdrag {new} är utfärdat och ersätter {old}.")
        messages.success(request, text.format(new=made.document_id, old=seen.document_id))
        return redirect(marked(seen.person_id, made.id))
    return person_extracts(request, seen.person_id, form)


@screen(permission=Permission.ISSUE_EXTRACTS)
def copy(request: ScreenRequest, extract_id: UUID) -> HttpResponse:
    """Ask what has happened to the original, and print it again as a copy."""
    seen = extract_for(request.actor, extract_id, Permission.ISSUE_EXTRACTS)
    sent = request.POST if request.method == "POST" else None
    form = CopyForm(sent)
    if sent is not None and form.is_valid():
        with problems_on(form):
            made = copy_extract(
                actor=request.actor,
                extract_id=extract_id,
                reason=form.cleaned_data["reason"],
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            text = _("Kopia {document} är skriven.")
            messages.success(request, text.format(document=made.document_id))
            return redirect(marked(seen.person_id, made.id))
    context = {"person": person_page(request, seen.person_id), "extract": seen}
    return page(request, "extracts/copy.html", context, form=form)
