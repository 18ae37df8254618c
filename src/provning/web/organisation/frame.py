"""What the forms of the organisation share: one page, sent once, over what was seen."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.kernel.actors import Permission
from provning.web.forms import ProvningForm, VersionedForm, problems_on
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

MANAGE = Permission.MANAGE_ORGANISATION


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands round a form: its title, a sentence, the button, and the page it came from."""

    title: str
    answer: str
    back_url: str
    back_text: str
    lead: str = ""
    notes: tuple[str, ...] = ()


def form_page(
    request: ScreenRequest,
    form: ProvningForm,
    shown: FormPage,
    save: Callable[[], str],
    version: Callable[[], int],
) -> HttpResponse:
    """Show the form; sent, let `save` do it and go on to the address that it returns.

    After a conflict the form may be sent again over what is stored now, which `version` tells.
    """
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            url = save()
            messages.success(request, _("Uppgifterna är sparade."))
            return redirect(url)
    if form.conflict and isinstance(form, VersionedForm):
        form.now_over(version())
    return page(request, "organisation/form.html", {"shown": shown}, form=form)


def no_version() -> int:
    """Return the version of what is new."""
    return 0
