"""Bringing in a file of one kind: choose it, and for whom it is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.feeds.fetching import fetch
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
    address = forms.CharField(
        label=gettext_lazy("Eller hämta från adress"),
        help_text=gettext_lazy(
            "Adressen till det andra systemets Betyg XML, med from och tom. Den börjar med"
            " https:// och sparas inte."
        ),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    place = forms.ChoiceField(label=gettext_lazy("För"))

    def __init__(
        self, *args: Any, places: list[Place], accept: str, fetches: bool, **kwargs: Any
    ) -> None:
        """Offer the places; where there is one it is chosen. `fetches` offers an address too."""
        super().__init__(*args, **kwargs)
        if fetches:
            self.fields["file"].required = False
        else:
            del self.fields["address"]
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

    def clean(self) -> dict[str, Any]:
        """Ask for one of file and address, where there are two."""
        cleaned = super().clean() or {}
        given, address = bool(cleaned.get("file")), bool(cleaned.get("address"))
        if "address" in self.fields and given == address and "file" not in self.errors:
            self.add_error("file", _("Välj en fil eller skriv en adress, inte båda."))
        return cleaned

    def chosen(self) -> tuple[str, bytes]:
        """Return the file's name and content; what is fetched is as a file that was sent."""
        if address := self.cleaned_data.get("address"):
            found = fetch(address, settings.UPLOAD_LIMIT, field="address")
            return found.file_name, b"".join(found.pieces)
        return self.cleaned_data["file"].name, self.cleaned_data["file"].read()


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
        fetches=kind.fetches,
    )
    if form.is_valid():
        with problems_on(form):
            file_name, content = form.chosen()
            staged = upload_file(
                actor=request.actor,
                kind_key=kind.key,
                place=form.cleaned_data["place"],
                file_name=file_name,
                content=content,
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
