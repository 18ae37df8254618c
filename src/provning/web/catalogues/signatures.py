"""Signatures on paper: rektor in somebody's place, a mistake taken back, the scanned page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.catalogues.actions import register_signatures, withdraw_signature
from provning.catalogues.queries import (
    catalogue_record,
    signature_detail,
    signature_scan,
    unsigned_catalogues,
)
from provning.kernel.actors import Permission
from provning.web.catalogues.forms import InPlaceForm, TakeBackForm, scanned
from provning.web.catalogues.listing import unsigned_table
from provning.web.catalogues.record import READERS
from provning.web.catalogues.sending import download
from provning.web.clock import today
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest


@screen(permission=Permission.MAKE_CATALOGUES)
def in_place(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Register that rektor has signed for somebody who cannot (Skollagen 3 kap. 20 §)."""
    found = catalogue_record(request.actor, catalogue_id, today())
    initial = {"signer": request.GET.get("signer", "")}
    form = InPlaceForm(request.POST or None, request.FILES or None, record=found, initial=initial)
    if request.method == "POST" and form.is_valid():
        with problems_on(form, form.places()):
            register_signatures(
                actor=request.actor,
                catalogue_id=catalogue_id,
                signings=[form.signing()],
                scan=scanned(form),
                today=today(),
            )
            messages.success(request, _("Rektors underskrift registrerades."))
            return redirect("catalogues:record", catalogue_id)
    return page(request, "catalogues/in_place.html", {"record": found}, form=form)


@screen(permission=READERS)
def take_back(request: ScreenRequest, signature_id: UUID) -> HttpResponse:
    """Take a signature that was registered by mistake back, with the reason."""
    found = signature_detail(request.actor, signature_id)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            withdraw_signature(
                actor=request.actor,
                signature_id=signature_id,
                reason=form.cleaned_data["reason"],
                today=today(),
            )
            messages.success(request, _("Underskriften är återtagen. Den står kvar i historiken."))
            return redirect("catalogues:record", found.row.catalogue_id)
    return page(request, "catalogues/take_back.html", {"found": found}, form=form)


@screen(permission=READERS, methods=("GET", "HEAD"))
def scan(request: ScreenRequest, signature_id: UUID) -> HttpResponse:
    """Hand out the scanned page of a signature, byte for byte."""
    return download(signature_scan(request.actor, signature_id))


@screen(permission=READERS, methods=("GET", "HEAD"))
def unsigned(request: ScreenRequest) -> HttpResponse:
    """List the catalogues that somebody has not signed yet."""
    rows = unsigned_catalogues(request.actor)
    return page(request, "catalogues/unsigned.html", {"table": unsigned_table(rows, today())})
