"""Where the files are dropped, and the person's own comparisons of the last days."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.comparisons.actions import Upload, ask_comparison
from provning.comparisons.policies import COMPARING
from provning.comparisons.queries import comparisons_for, places_for
from provning.comparisons.rows import ComparisonLine
from provning.comparisons.rules import KEPT_DAYS
from provning.feeds.fetching import fetch
from provning.kernel.terms import Term
from provning.reconciliation import Side
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.reconciliation.forms import StartForm
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

SHAPES = {"columns": "soon", "running": "open", "done": "done", "failed": "late"}


@screen(permission=COMPARING)
def start(request: ScreenRequest) -> HttpResponseBase:
    """Take in the files, or show the form and what has been compared."""
    sent = request.method == "POST"
    places = places_for(request.actor)
    form = StartForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        places=places,
        now=Term.of(today()),
    )
    if form.is_valid():
        with problems_on(form):
            asked = ask_comparison(
                actor=request.actor,
                provider_id=form.provider_id,
                files=_uploads(form),
                term=form.chosen_term,
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            return redirect("reconciliation:one", asked.id)
    elif "submission" in form.errors:
        raise Http404
    rows = comparisons_for(request.actor, today())
    context = {
        "places": places,
        "table": comparison_table(rows) if rows else None,
        "days": KEPT_DAYS,
    }
    return page(request, "reconciliation/start.html", context, form=form)


def state_of(row: ComparisonLine) -> SafeString:
    """Say how far a comparison has come, and what it found."""
    if row.stalled:
        return markup.status("late", _("Har stannat"))
    if row.status != "done":
        return markup.status(SHAPES[row.status], _(row.status_label).capitalize())
    if row.summary.unread:
        return markup.status("late", _("Gick inte att läsa"))
    count = sum(row.counts.values())
    if not count:
        return markup.status("done", _("Stämmer"))
    text = ngettext("%(n)s avvikelse", "%(n)s avvikelser", count) % {"n": count}
    return markup.status("soon", text)


def comparison_table(rows: Sequence[ComparisonLine]) -> Table[ComparisonLine]:
    """Return the person's comparisons, the newest first."""
    count = ngettext("%(n)s avstämning", "%(n)s avstämningar", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("files", _("Filer"), _link, heads_row=True),
            Column("place", _("För"), lambda row: row.place_name),
            Column("state", _("Svar"), state_of),
            Column("asked", _("Beställd"), lambda row: markup.day(row.asked_at)),
            Column("expires", _("Tas bort"), lambda row: markup.day(row.expires_on)),
        ),
        caption=format_html("<b>{}</b>", count),
        export="avstämningar",
    )


def _link(row: ComparisonLine) -> SafeString:
    url = reverse("reconciliation:one", args=[row.id])
    return format_html('<a href="{}">{}</a>', url, row.title)


def _uploads(form: StartForm) -> dict[Side, Upload]:
    """Return the files that were sent."""
    chosen = {side: form.cleaned_data.get(side.value) for side in Side}
    uploads = {side: Upload(file.name, file.chunks()) for side, file in chosen.items() if file}
    if address := form.cleaned_data["address"]:
        found = fetch(address, settings.RECONCILIATION_LIMIT, field="address")
        uploads[Side.GRADES] = Upload(found.file_name, found.pieces)
    return uploads
