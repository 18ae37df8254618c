"""The first page: what is missing in a file, what it would hold, and the drafts there are."""

from dataclasses import replace

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from provning.kernel.actors import Permission
from provning.reporting.control_rows import ControlList
from provning.reporting.policies import may_make
from provning.reporting.queries import authority_extracts, control_list, control_rows
from provning.web.clock import today
from provning.web.exporting import exported
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.reporting.choosing import Asked, MakeForm, asked_for, filter_form
from provning.web.reporting.tables import control_table, counts_table, extracts_table
from provning.web.reporting.words import TARGETS
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import selected
from provning.web.tables import EXPORT


@screen(permission=Permission.VIEW_REPORTS, methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponseBase:
    """Show the control list of a file, and the drafts that have been made of it."""
    return shown(request, asked_for(request))


def shown(
    request: ScreenRequest, asked: Asked | None, form: MakeForm | None = None
) -> HttpResponseBase:
    """Return the page, or its control list as a file; `form` is one that was refused."""
    if asked is None:
        return page(request, "reporting/no_unit.html")
    found = control_list(
        request.actor,
        organiser_id=asked.organiser_id,
        target=asked.target,
        term=asked.term,
        today=today(),
        provider_id=asked.provider_id,
        code=asked.code,
    )
    listed = page_of(request, found.findings)
    table = control_table(request, control_rows(request.actor, listed.rows), found)
    if EXPORT in request.GET:
        whole = replace(table, every=control_rows(request.actor, found.findings))
        answer = exported(request, [whole], [("organiser", asked.organiser_id)])
        if answer:
            return answer
    extracts = authority_extracts(request.actor, asked.organiser_id, asked.target, asked.term)
    makes = may_make(request.actor, asked.organiser_id)
    context = {
        "asked": asked,
        "target_name": TARGETS[asked.target],
        "filter": filter_form(selected(request), asked),
        "found": found,
        "first": found.period[0],
        "last": found.period[1],
        "counts": counts_table(found, lambda code: _narrowed(asked, code)),
        "table": table,
        "page": listed,
        "makes": makes,
        "blocked": _blocked(found),
        "extracts": extracts_table(extracts) if makes and extracts else None,
        "codes_url": f"{reverse('reporting:codes')}?{urlencode({'target': asked.target.value})}",
    }
    return page(request, "reporting/list.html", context, form=form or _empty(asked))


def address_of(asked: Asked) -> str:
    """Return the page's address for what is asked for."""
    return _narrowed(asked, asked.code)


def _narrowed(asked: Asked, code: str) -> str:
    wanted = {
        "target": asked.target.value,
        "term": asked.term.code,
        "provider": str(asked.provider_id or ""),
        "code": code,
    }
    chosen = {name: value for name, value in wanted.items() if value}
    return f"{reverse('reporting:list')}?{urlencode(chosen)}"


def _empty(asked: Asked) -> MakeForm:
    initial = {
        "target": asked.target.value,
        "term": asked.term.code,
        "organiser": asked.organiser_id,
    }
    return MakeForm(initial=initial, auto_id=False)


def _blocked(found: ControlList) -> bool:
    """Say whether nothing can be made now."""
    return bool(found.stops or not found.written or not found.trials_in)
