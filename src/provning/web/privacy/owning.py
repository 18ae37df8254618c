"""Registerutdrag: the person's own extract, handed over by Vuxenutbildningscentrum.

Everything the huvudman holds of the person, whoever of its providers wrote it. Who asks has shown
who they are; how, is said and kept.
"""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.kernel.seen import note_file
from provning.people.queries import person_for
from provning.privacy.actions import make_own_extract
from provning.privacy.own_extract import own_extract_json, own_extract_pdf
from provning.web.clock import today
from provning.web.fields import DemandedField
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import person_page

FORMS = (("pdf", gettext_lazy("PDF, att läsa")), ("json", gettext_lazy("JSON, att ta med sig")))
TYPES = {"pdf": "application/pdf", "json": "application/json"}


class OwnExtractForm(ProvningForm):
    """How the person has shown who they are, and the kind of file."""

    checked = DemandedField(
        label=gettext_lazy("Hur har personen visat vem hen är?"),
        help_text=gettext_lazy("Till exempel: körkort på plats, inloggad med BankID. Sparas."),
        max_length=300,
    )
    form = forms.ChoiceField(
        label=gettext_lazy("Slag av fil"), choices=FORMS, widget=forms.RadioSelect, initial="pdf"
    )


@screen(permission=Permission.REGISTER_PERSONS)
def own_extract(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Ask how the identity was checked, and answer with the file."""
    row = person_for(request.actor, person_id, Permission.REGISTER_PERSONS)
    if row.masked:
        raise NotFoundError("person")
    form = OwnExtractForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with problems_on(form):
            return _file(request, person_id, form.cleaned_data)
    context = {"person": person_page(request, person_id)}
    return page(request, "privacy/own_extract.html", context, form=form)


def _file(request: ScreenRequest, person_id: UUID, chosen: dict[str, str]) -> HttpResponse:
    """Make the extract; its name says nothing of whom it is about."""
    kind = chosen["form"]
    found = make_own_extract(
        actor=request.actor, person_id=person_id, checked=chosen["checked"], form=kind
    )
    day = today()
    content = own_extract_pdf(found, day) if kind == "pdf" else own_extract_json(found, day)
    name = f"registerutdrag-{day:%Y-%m-%d}.{kind}"
    note_file(name, 1)
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
