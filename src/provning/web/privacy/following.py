"""Uppföljning av skydd: what already carries a person when the identity becomes protected."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.people.queries import person_for, staff_member
from provning.privacy.actions import handle_carriers
from provning.privacy.queries import carriers_for, follow_ups
from provning.privacy.rows import CarrierRow, FollowUp
from provning.web import markup
from provning.web.fields import DemandedField
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import page_for_row
from provning.web.tables import Column, Pick, Table

SEE = Permission.VIEW_PROTECTED
WHAT_TO_DO = {
    "catalogue": gettext_lazy(
        "Lägg originalet i ett eget omslag märkt Skyddad identitet. Gör en ny version, där personen"
        " står i den skyddade delen."
    ),
    "extract": gettext_lazy(
        "Fråga personen om någon annan har fått utdraget. Förvara kopian med de skyddade."
    ),
    "delivery": gettext_lazy(
        "Meddela mottagaren, som flyttar bladet till ett eget omslag. Skicka inget på nytt."
    ),
    "package": gettext_lazy(
        "Gör paketet på nytt: den äldre versionen hamnar i det skyddade paketet. Meddela e-arkivet."
    ),
    "report": gettext_lazy(
        "Skicka inte filen. Gör ett nytt utkast; är den skickad, meddela myndigheten."
    ),
    "sent": gettext_lazy("Meddela mottagaren skriftligt att uppgifterna är skyddade."),
    "import": gettext_lazy("Radera filen där den kom ifrån. Här gallras den på sin dag."),
    "external": gettext_lazy("Kontrollera att det andra systemet har samma markering."),
    "client": gettext_lazy(
        "Meddela den som sköter det andra systemet. Det kan ha hämtat personen före skyddet."
    ),
}


class DoneForm(ProvningForm):
    """What has been done with the marked lines."""

    note = DemandedField(
        label=gettext_lazy("Vad är gjort?"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@screen(permission=SEE, methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponse:
    """Show the routine, and the persons whose list has something left."""
    rows = follow_ups(request.actor)
    context = {"table": _persons(rows) if rows else None}
    return page(request, "privacy/list.html", context)


@screen(permission=SEE)
def carriers(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Show a person's list, and take what has been done with some of it."""
    row = person_for(request.actor, person_id, SEE)
    sent = request.POST if request.method == "POST" else None
    form = DoneForm(sent)
    if sent is not None and form.is_valid():
        with problems_on(form):
            count = handle_carriers(
                actor=request.actor,
                person_id=person_id,
                carrier_ids=[UUID(each) for each in sent.getlist("carrier") if _is_id(each)],
                note=form.cleaned_data["note"],
            )
            text = ngettext("%(n)s rad är avklarad.", "%(n)s rader är avklarade.", count)
            messages.success(request, text % {"n": count})
            return redirect("privacy:person", person_id)
    rows = carriers_for(request.actor, person_id)
    context = {
        "person": page_for_row(request, row),
        "staff": _is_kept_staff(request, person_id),
        "left": _left([each for each in rows if each.done_at is None]),
        "done": _done([each for each in rows if each.done_at is not None]),
    }
    return page(request, "privacy/person.html", context, form=form)


def _is_kept_staff(request: ScreenRequest, person_id: UUID) -> bool:
    """Say whether the person is one of the staff whose name and protection the actor keeps."""
    try:
        return bool(staff_member(request.actor, person_id).duties)
    except NotFoundError:
        return False


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _persons(rows: Sequence[FollowUp]) -> Table[FollowUp]:
    def name(each: FollowUp) -> SafeString:
        url = reverse("privacy:person", args=[each.person.id])
        return format_html('<a href="{}">{}</a>', url, each.person.case_number)

    count = ngettext("%(n)s person", "%(n)s personer", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("case", _("Ärende"), name, heads_row=True),
            Column("open", _("Återstår"), lambda each: each.open, align="n"),
            Column("total", _("Listade"), lambda each: each.total, align="n"),
        ),
        caption=format_html("<b>{}</b>", count),
        export="skyddade-att-följa-upp",
    )


def _left(rows: Sequence[CarrierRow]) -> Table[CarrierRow]:
    """Return what remains, each with what to do and a box to mark it by."""
    count = ngettext("%(n)s återstår", "%(n)s återstår", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("label", _("Handling eller mottagare"), _named, heads_row=True),
            Column("todo", _("Gör så här"), lambda row: str(WHAT_TO_DO[row.kind])),
            Column("found", _("Listad"), lambda row: markup.day(row.found_at)),
        ),
        caption=format_html("<b>{}</b>", count),
        pick=Pick("carrier", lambda row: row.id, lambda row: row.label),
        export="återstår",
    )


def _done(rows: Sequence[CarrierRow]) -> Table[CarrierRow]:
    count = ngettext("%(n)s avklarad", "%(n)s avklarade", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("label", _("Handling eller mottagare"), _named, heads_row=True),
            Column("note", _("Gjort"), lambda row: row.note),
            Column("by", _("Av"), _by),
        ),
        caption=format_html("<b>{}</b>", count),
        export="avklarade",
    )


def _named(row: CarrierRow) -> SafeString:
    return format_html("{}<small>{}</small>", row.label, _(row.kind_label))


def _by(row: CarrierRow) -> SafeString:
    return format_html("{}<small>{}</small>", row.done_by_name, markup.day(row.done_at))
