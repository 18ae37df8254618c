"""Bringing in a file of one kind: choose it, and for whom it is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.imports.actions import upload_file
from provning.imports.kind import ImportKind
from provning.imports.plans import Field
from provning.imports.queries import Place, places_for
from provning.web.clock import today
from provning.web.forms import SubmittedForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

ACCEPTED, XML = ".csv,.txt,.tsv,.xlsx", ".xml"


class UploadForm(SubmittedForm):
    """The file and the place."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy(
            "CSV eller Excel (.xlsx). Ingenting ändras förrän du har granskat raderna."
        ),
        allow_empty_file=True,
        error_messages={
            "required": gettext_lazy("Välj en fil."),
            "max_length": gettext_lazy("Filens namn är för långt. Döp om den."),
        },
        max_length=200,
    )
    place = forms.ChoiceField(label=gettext_lazy("För"))

    def __init__(self, *args: Any, places: list[Place], accept: str, **kwargs: Any) -> None:
        """Offer the places; where there is one it is chosen."""
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = accept
        if accept == XML:
            self.fields["file"].help_text = gettext_lazy(
                "XML. Ingenting ändras förrän du har granskat raderna."
            )
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 # it is, above
        field.choices = [(each.key, each.name) for each in places]
        if len(places) == 1:
            field.widget, field.initial = forms.HiddenInput(), places[0].key


def view_of(kind: ImportKind) -> Callable[..., HttpResponseBase]:
    """Return the view that takes in files of a kind."""

    @screen(permission=kind.permission)
    def new(request: ScreenRequest) -> HttpResponseBase:
        return _new(request, kind)

    return new


def _new(request: ScreenRequest, kind: ImportKind) -> HttpResponseBase:
    places = places_for(request.actor, kind)
    form = UploadForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        places=places,
        accept=ACCEPTED if kind.read is None else XML,
    )
    if form.is_valid():
        with problems_on(form):
            chosen = form.cleaned_data["file"]
            staged = upload_file(
                actor=request.actor,
                kind_key=kind.key,
                place=form.cleaned_data["place"],
                file_name=chosen.name,
                content=chosen.read(),
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            return redirect(f"imports:{kind.key}-one", staged.id)
    elif "submission" in form.errors:
        raise Http404
    context = {
        "kind": kind,
        "places": places,
        "fields": _fields_table(kind) if kind.read is None else None,
        "template_url": reverse(f"imports:{kind.key}-template") if kind.read is None else "",
    }
    return page(request, "imports/new.html", context, form=form)


def _fields_table(kind: ImportKind) -> Table[Field]:
    """Return what the columns may be."""
    return Table(
        kind.fields,
        (
            Column("label", _("Kolumn"), lambda each: _(each.label), heads_row=True),
            Column("needed", _("Behövs"), lambda each: _("Ja") if each.required else _("Nej")),
            Column("hint", _("Vad som ska stå"), lambda each: _(each.hint)),
            Column("also", _("Heter också"), lambda each: ", ".join(each.aliases[:3]), drop=True),
        ),
        caption=_(
            "Kolumner som läses. Ordningen spelar ingen roll, och andra kolumner hoppas över."
        ),
    )
