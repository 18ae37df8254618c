"""Background jobs: what waits, goes on, is done or has failed, and what can be done about it."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks import TaskResultStatus

from provning.operations.actions.jobs import cancel_job, run_job_again
from provning.operations.jobs import CANCELLED, KIND_LABELS, LOST, MANAGE, JobRow, jobs_for
from provning.web import markup
from provning.web.forms import ProvningForm
from provning.web.paging import Page, page_of
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

STATES = {
    TaskResultStatus.READY.value: ("open", gettext_lazy("Väntar")),
    TaskResultStatus.RUNNING.value: ("part", gettext_lazy("Pågår")),
    TaskResultStatus.SUCCESSFUL.value: ("done", gettext_lazy("Klart")),
    TaskResultStatus.FAILED.value: ("error", gettext_lazy("Misslyckades")),
}
FAILURES = {
    CANCELLED: gettext_lazy("Avbröts av en administratör."),
    LOST: gettext_lazy(
        "Programmet eller datorn stannade mitt i jobbet. Beställ det igen där det beställdes."
    ),
    "OperationalError": gettext_lazy("Databasen svarade inte."),
    "TimeoutError": gettext_lazy("Det tog för lång tid."),
    "MemoryError": gettext_lazy("Minnet räckte inte."),
    "ConnectionRefusedError": gettext_lazy("Den andra datorn svarade inte."),
    "gaierror": gettext_lazy("Adressen till den andra datorn hittades inte."),
    "OSError": gettext_lazy("En fil eller anslutning gick inte att använda."),
    "ProblemsFoundError": gettext_lazy("Uppgifterna gick inte att använda som de var."),
    "NotFoundError": gettext_lazy("Det som jobbet gällde finns inte längre."),
}


class StateForm(ProvningForm):
    """Jobs in which state."""

    state = forms.ChoiceField(
        label=gettext_lazy("Läge"),
        choices=[("", gettext_lazy("Alla")), *((key, word) for key, (_s, word) in STATES.items())],
        required=False,
    )


@screen(permission=MANAGE, methods=("GET", "HEAD"), everywhere=True)
def jobs(request: ScreenRequest) -> HttpResponse:
    """List the jobs, the latest first."""
    form = StateForm(request.GET or None)
    wanted = form.cleaned_data["state"] if form.is_bound and form.is_valid() else ""
    shown = page_of(request, jobs_for(request.actor, wanted))
    context = {"table": _table(request, shown), "page": shown}
    return page(request, "installation/jobs.html", context, form=form)


@screen(permission=MANAGE, methods=("POST",), everywhere=True)
def again(request: ScreenRequest) -> HttpResponse:
    """Run a failed job once more."""
    job_id = _job(request)
    if job_id and run_job_again(actor=request.actor, job_id=job_id):
        messages.success(request, _("Jobbet väntar på att köras igen."))
    return redirect("installation:jobs")


@screen(permission=MANAGE, methods=("POST",), everywhere=True)
def cancel(request: ScreenRequest) -> HttpResponse:
    """Leave a waiting job undone."""
    job_id = _job(request)
    if job_id and cancel_job(actor=request.actor, job_id=job_id):
        messages.success(request, _("Jobbet är avbrutet."))
    return redirect("installation:jobs")


def failure_text(name: str) -> str:
    """Return why a job failed, in words that say nothing of what it was about."""
    if not name:
        return ""
    known = FAILURES.get(name)
    return str(known) if known else _("Ett fel i programmet ({name}).").format(name=name)


def _job(request: ScreenRequest) -> UUID | None:
    """Return the job that the form names, None when it names none."""
    try:
        return UUID(request.POST.get("job", ""))
    except ValueError:
        return None


def _table(request: ScreenRequest, shown: Page[JobRow]) -> Table[JobRow]:
    def act(row: JobRow) -> SafeString | str:
        if not row.may_run_again and not row.may_be_cancelled:
            return ""
        return render_to_string("installation/act.html", {"row": row}, request)

    count = ngettext("%(n)s jobb", "%(n)s jobb", shown.count) % {"n": shown.count}
    return Table(
        shown.rows,
        (
            Column("kind", _("Jobb"), lambda r: _(KIND_LABELS.get(r.kind, r.kind)), heads_row=True),
            Column("state", _("Läge"), _state),
            Column("ordered", _("Beställt"), lambda row: markup.day(row.enqueued_at)),
            Column("ended", _("Slutade"), lambda row: markup.day(row.finished_at)),
            Column("act", _("Åtgärd"), act, screen_only=True),
        ),
        caption=count,
        export="jobb",
        every=shown.every,
    )


def _state(row: JobRow) -> SafeString:
    state, word = STATES.get(row.status, ("none", row.status))
    mark = markup.status(state, str(word))
    return format_html("{}<small>{}</small>", mark, failure_text(row.failure))
