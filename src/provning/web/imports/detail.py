"""One file on its way: its columns, how far the job has come, its rows, and what became of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.accounts.assurance import Act as Assured
from provning.imports.actions import (
    answer_rows,
    ask_to_commit,
    ask_to_undo,
    drop_import,
    match_columns,
    resume_import,
)
from provning.imports.kind import ImportKind
from provning.imports.plans import TAKEN_IN, Verdict
from provning.imports.queries import import_for, row_lines
from provning.imports.rows import ImportRow
from provning.imports.states import Status
from provning.kernel.problems import ConflictError, ProblemsFoundError
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import ShownProblem, shown
from provning.web.identity.confirming import ask_first
from provning.web.imports.columns import HEADER, ColumnsForm
from provning.web.imports.lines import CHOICE, fault_line, line_table
from provning.web.imports.listing import SHAPES, one_url
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.pieces import Tab
from provning.web.responses import UNPROCESSABLE, page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import with_query

SHOW = "visa"
MOST_ANSWERS = 500
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Refused:
    """What an act answered with when it was refused."""

    problems: tuple[ShownProblem, ...] = ()
    conflict: bool = False

    @property
    def status(self) -> int:
        """Return the answer's status."""
        return CONFLICT if self.conflict else UNPROCESSABLE if self.problems else 200


def view_of(kind: ImportKind) -> Callable[..., HttpResponseBase]:
    """Return the view of one import of a kind."""

    @screen(permission=kind.permission, whole_place=True)
    def one(request: ScreenRequest, /, **key: UUID) -> HttpResponseBase:
        [import_id] = key.values()
        row = import_for(request.actor, import_id, kind.key)
        return _act(request, row) if request.method == "POST" else _shown(request, row, Refused())

    return one


def progress_of(kind: ImportKind) -> Callable[..., HttpResponseBase]:
    """Return the view that says how far a job has come, for the module that waits for it."""

    @screen(permission=kind.permission, methods=("GET", "HEAD"), whole_place=True)
    def progress(request: ScreenRequest, /, **key: UUID) -> HttpResponseBase:
        [import_id] = key.values()
        row = import_for(request.actor, import_id, kind.key)
        return JsonResponse({"finished": not row.running or row.stalled, "text": _progress(row)})

    return progress


def _act(request: ScreenRequest, row: ImportRow) -> HttpResponseBase:
    """Do what the pressed button says, and show what came of it."""
    act = ACTS.get(request.POST.get("act", ""))
    links = row.kind.links_accounts and act in {_commit, _undo}
    if links and (asked_first := ask_first(request, Assured.ADMINISTER_SIGN_IN)):
        return asked_first
    try:
        if act:
            act(request, row)
    except ProblemsFoundError as error:
        refused = Refused(tuple(shown(error.problems)), isinstance(error, ConflictError))
        return _shown(request, import_for(request.actor, row.id), refused)
    query = request.GET.urlencode()
    return redirect(f"{one_url(row)}?{query}" if query else one_url(row))


def _match(request: ScreenRequest, row: ImportRow) -> None:
    columns = {
        header: request.POST.get(f"{HEADER}{place}", "")
        for place, header in enumerate(row.headers)
        if header
    }
    match_columns(actor=request.actor, import_id=row.id, columns=columns, today=today())


def _choose(request: ScreenRequest, row: ImportRow) -> None:
    answers = _answers(request.POST)
    if answers:
        answer_rows(actor=request.actor, import_id=row.id, answers=answers, today=today())
        said = ngettext("%(n)s svar sparades.", "%(n)s svar sparades.", len(answers))
        messages.success(request, said % {"n": len(answers)})


def _answers(sent: Mapping[str, str]) -> dict[int, str]:
    """Return the answers of a form by row number."""
    numbers = [
        name.removeprefix(CHOICE)
        for name in sent
        if name.startswith(CHOICE) and name.removeprefix(CHOICE).isdecimal()
    ]
    return {int(each): sent[f"{CHOICE}{each}"] for each in numbers[:MOST_ANSWERS] if len(each) < 9}  # noqa: PLR2004 # no file has more rows


def _commit(request: ScreenRequest, row: ImportRow) -> None:
    leave_out = request.POST.get("leave_out") == "on"
    ask_to_commit(actor=request.actor, import_id=row.id, leave_out=leave_out, today=today())


def _undo(request: ScreenRequest, row: ImportRow) -> None:
    ask_to_undo(actor=request.actor, import_id=row.id, today=today())


def _drop(request: ScreenRequest, row: ImportRow) -> None:
    drop_import(actor=request.actor, import_id=row.id)


def _resume(request: ScreenRequest, row: ImportRow) -> None:
    resume_import(actor=request.actor, import_id=row.id, today=today())


ACTS: dict[str, Callable[[ScreenRequest, ImportRow], None]] = {
    "columns": _match,
    "choose": _choose,
    "commit": _commit,
    "undo": _undo,
    "drop": _drop,
    "resume": _resume,
}


def _shown(request: ScreenRequest, row: ImportRow, refused: Refused) -> HttpResponseBase:
    """Show the import as it stands."""
    context: dict[str, object] = {
        "row": row,
        "kind": row.kind,
        "state": markup.status(SHAPES[row.status], _(row.status_label).capitalize()),
        "refused": refused.problems,
        "conflict": refused.conflict,
    }
    if row.status is Status.COLUMNS:
        context["columns"] = ColumnsForm(row, request.POST if refused.problems else None)
        answer = page(request, "imports/columns.html", context)
        answer.status_code = refused.status
        return answer
    verdict = _wanted(request, row)
    lines = row_lines(request.actor, row.id, verdict)
    shown_page = page_of(request, lines)
    table = line_table(row, shown_page.rows, _caption(len(lines), row.total))
    table.query, table.every = request.GET, lines
    context |= {
        "said": _progress(row),
        "progress_url": reverse(f"imports:{row.kind.key}-progress", args=[row.id]),
        "faults": [fault_line(each) for each in row.faults],
        "taken": sum(row.number(each) for each in TAKEN_IN),
        "left": row.number(Verdict.REFUSED),
        "waiting": row.number(Verdict.CHOICE),
        "asks": any(column.key == "answer" for column in table.columns),
        "tabs": _tabs(request, row, verdict),
        "table": table if lines else None,
        "page": shown_page,
    }
    answer = page(request, "imports/detail.html", context)
    answer.status_code = refused.status
    return answer


def _wanted(request: ScreenRequest, row: ImportRow) -> str:
    """Return the verdict whose rows are asked for, "" for all."""
    wanted = request.GET.get(SHOW, "")
    return wanted if wanted in row.counts else ""


def _tabs(request: ScreenRequest, row: ImportRow, verdict: str) -> list[Tab]:
    """Return the ways to the rows of each verdict that there is."""
    labels = {
        Verdict.CHOICE: _("Väntar på svar"),
        Verdict.REFUSED: _("Kan inte läsas in"),
        Verdict.CHANGED: _("Ändras"),
        Verdict.NEW: _("Nya"),
        Verdict.UNCHANGED: _("Oförändrade"),
        Verdict.LEFT_OUT: _("Hoppas över"),
    }
    url = with_query(request.GET, **{SHOW: "", "page": ""})
    found = [Tab(_("Alla"), url, not verdict, row.total)]
    for each, label in labels.items():
        if row.number(each):
            url = with_query(request.GET, **{SHOW: each.value, "page": ""})
            found.append(Tab(label, url, verdict == each.value, row.number(each)))
    return found


def _caption(count: int, total: int) -> str:
    text = ngettext("%(n)s rad av %(total)s.", "%(n)s rader av %(total)s.", count)
    return text % {"n": count, "total": total}


def _progress(row: ImportRow) -> str:
    """Say how far the job has come."""
    percent = f"{100 * row.done // row.steps} %" if row.done and row.steps else ""
    if row.status is Status.COMMITTING:
        said = _("{total} rader läses in, alla eller ingen.").format(total=row.total)
        return f"{said} {percent}".strip()
    if row.status is Status.UNDOING:
        return f"{_('Raderna tas tillbaka.')} {percent}".strip()
    return _("{done} av {total} rader är lästa.").format(done=row.planned, total=row.total)
