"""One draft: what it holds, what has changed, its file, and that it was handed over."""

from collections.abc import Sequence
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.actors import Permission
from provning.kernel.problems import ProblemsFoundError
from provning.reporting.actions import mark_sent, read_authority_extract
from provning.reporting.layout import Target, layout_of
from provning.reporting.queries import authority_extract_for, changed_columns, sent_exports
from provning.reporting.rows import AuthorityExtractRow
from provning.reporting.rules import CODE_LABELS
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import ShownProblem, SubmittedForm, problems_on, shown
from provning.web.permissions import screen
from provning.web.reporting.choosing import Asked
from provning.web.reporting.overview import address_of
from provning.web.reporting.tables import changes_text, extract_state, sent_table
from provning.web.reporting.words import COUNTS, TARGETS
from provning.web.responses import UNPROCESSABLE, page
from provning.web.screen_request import ScreenRequest

MAKES = Permission.MAKE_REPORTS


class SentForm(SubmittedForm):
    """To whom a draft was handed over, and when."""

    receiver = forms.CharField(label=gettext_lazy("Lämnad till"), max_length=200)
    sent_on = DayField(label=gettext_lazy("Lämnad den"))


@screen(permission=MAKES, methods=("GET", "HEAD"))
def extract(request: ScreenRequest, report_id: UUID) -> HttpResponse:
    """Show a draft as it was made."""
    row = authority_extract_for(request.actor, report_id)
    return _shown(request, row, SentForm(initial=_known(row)))


@screen(permission=MAKES, methods=("POST",))
def file(request: ScreenRequest, report_id: UUID) -> HttpResponse:
    """Hand the file out, which the trail is told of."""
    row = authority_extract_for(request.actor, report_id)
    try:
        found = read_authority_extract(actor=request.actor, extract_id=report_id)
    except ProblemsFoundError as error:
        refused = _shown(request, row, SentForm(initial=_known(row)), shown(error.problems))
        refused.status_code = UNPROCESSABLE
        return refused
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.file_name}"'
    response["Cache-Control"] = "no-store"
    return response


@screen(permission=MAKES, methods=("POST",))
def sent(request: ScreenRequest, report_id: UUID) -> HttpResponse:
    """Keep that a draft was handed over; sent twice it is kept once."""
    row = authority_extract_for(request.actor, report_id)
    form = SentForm(request.POST)
    if form.is_valid():
        with problems_on(form):
            mark_sent(
                actor=request.actor,
                extract_id=report_id,
                receiver=form.cleaned_data["receiver"],
                sent_on=form.cleaned_data["sent_on"],
                submission=form.cleaned_data["submission"],
                today=today(),
            )
            messages.success(request, _("Det står nu att underlaget är lämnat."))
            return redirect("reporting:extract", report_id)
    return _shown(request, row, form)


def _known(row: AuthorityExtractRow) -> dict[str, object]:
    """Return what the form begins with."""
    return {"receiver": layout_of(Target(row.target)).receiver, "sent_on": today()}


def _shown(
    request: ScreenRequest,
    row: AuthorityExtractRow,
    form: SentForm,
    problems: Sequence[ShownProblem] = (),
) -> HttpResponse:
    target = Target(row.target)
    handed = sent_exports(request.actor, row.id)
    asked = Asked(target, row.term, row.organiser_id, row.organiser_name, None, "")
    context = {
        "row": row,
        "target_name": TARGETS[target],
        "state": extract_state(row),
        "counts": [(str(label), row.counts[name]) for name, label in COUNTS.items()],
        "changes": changes_text(row),
        "columns": changed_columns(request.actor, row.id) if row.changes["changed"] else [],
        "blanks": [_(CODE_LABELS[key]) for key in row.blanks],
        "size": filesizeformat(row.size),
        "sent": sent_table(handed) if handed else None,
        "list_url": address_of(asked),
        "problems": problems,
    }
    return page(request, "reporting/extract.html", context, form=form)
