"""The codes that an authority's description gives: what is published, and what is written here."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.actors import Permission
from provning.reporting.actions import set_report_code
from provning.reporting.queries import report_codes
from provning.reporting.rows import CodeRow
from provning.reporting.rules import CODE_LABELS
from provning.web import markup
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.reporting.choosing import Asked, asked_for
from provning.web.reporting.overview import address_of
from provning.web.reporting.words import TARGETS
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


class CodeForm(ProvningForm):
    """One code from an authority's description."""

    key = forms.ChoiceField(
        label=gettext_lazy("Koden är för"),
        error_messages={"required": gettext_lazy("Välj vad koden är för.")},
    )
    code = forms.CharField(
        label=gettext_lazy("Kod"),
        help_text=gettext_lazy("Precis som den står i myndighetens beskrivning."),
        max_length=40,
        error_messages={"required": gettext_lazy("Skriv koden.")},
    )
    valid_from = DayField(label=gettext_lazy("Gäller från"))


@screen(permission=Permission.MAKE_REPORTS)
def codes(request: ScreenRequest) -> HttpResponse:
    """Show the codes of a file, and take in one."""
    asked = asked_for(request)
    if asked is None:
        return page(request, "reporting/no_unit.html")
    rows = report_codes(request.actor, asked.organiser_id, asked.target, today())
    form = _form(request, rows)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            return _written(request, asked, form)
    context = {
        "asked": asked,
        "target_name": TARGETS[asked.target],
        "targets": [
            (f"?{urlencode({'target': key})}", name)
            for key, name in TARGETS.items()
            if key != asked.target
        ],
        "table": _table(rows),
        "list_url": address_of(asked),
    }
    return page(request, "reporting/codes.html", context, form=form)


def _written(request: ScreenRequest, asked: Asked, form: CodeForm) -> HttpResponse:
    table, _sign, name = form.cleaned_data["key"].partition(".")
    set_report_code(
        actor=request.actor,
        organiser_id=asked.organiser_id,
        target=asked.target,
        key=(table, name),
        code=form.cleaned_data["code"],
        valid_from=form.cleaned_data["valid_from"],
    )
    messages.success(request, _("Koden är sparad. Gör underlaget på nytt för att få med den."))
    return redirect(f"{reverse('reporting:codes')}?{urlencode({'target': asked.target.value})}")


def _form(request: ScreenRequest, rows: Sequence[CodeRow]) -> CodeForm:
    data = request.POST if request.method == "POST" else None
    form = CodeForm(data, initial={"valid_from": today()})
    offered = [(".".join(each.key), _(CODE_LABELS[each.key])) for each in rows]
    form.fields["key"].choices = [("", _("Välj")), *offered]  # type: ignore[attr-defined] # a ChoiceField
    return form


def _table(rows: Sequence[CodeRow]) -> Table[CodeRow]:
    return Table(
        rows,
        (
            Column("what", _("Koden är för"), lambda row: _(CODE_LABELS[row.key]), heads_row=True),
            Column("code", _("Kod"), _code),
            Column("from", _("Gäller från"), lambda row: markup.day(row.valid_from)),
        ),
        caption=_("Koder i filen."),
        caption_hidden=True,
        export="koder",
    )


def _code(row: CodeRow) -> SafeString:
    if not row.code:
        return markup.status("soon", _("Okänd: kolumnen är tom"))
    if row.code == row.published:
        return format_html("{}<small>{}</small>", row.code, _("publicerad av myndigheten"))
    return format_html("{}", row.code)
