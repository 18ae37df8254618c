"""Copies of lost originals: made with the note of the loss, and handed out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.catalogues.actions import copy_catalogue
from provning.catalogues.queries import catalogue_record, copy_document
from provning.kernel.actors import Permission
from provning.web.catalogues.forms import CopyForm
from provning.web.catalogues.sending import download
from provning.web.clock import today
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest


@screen(permission=Permission.MAKE_CATALOGUES)
def copy(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Print a version again, marked as a copy, when its signed original has been lost."""
    found = catalogue_record(request.actor, catalogue_id, today())
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            made = copy_catalogue(
                actor=request.actor,
                catalogue_id=catalogue_id,
                reason=form.cleaned_data["reason"],
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            messages.success(request, _("Kopia {n} är skriven.").format(n=made.number))
            return redirect("catalogues:record", catalogue_id)
    return page(request, "catalogues/copy.html", {"catalogue": found.catalogue}, form=form)


@screen(permission=Permission.VIEW_CATALOGUES, methods=("GET", "HEAD"))
def copied_document(request: ScreenRequest, copy_id: UUID) -> HttpResponse:
    """Hand out the document of a copy, byte for byte."""
    return download(copy_document(request.actor, copy_id))
