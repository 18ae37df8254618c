"""The first page: what is missing in a file, what it would hold, and the drafts there are."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TypedDict
from uuid import UUID

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime

from provning.kernel.actors import Permission
from provning.kernel.terms import Term
from provning.reporting.control_rows import ControlTotals
from provning.reporting.layout import Target
from provning.reporting.policies import may_make
from provning.reporting.queries import (
    authority_extracts,
    control_index,
    control_list,
    control_rows,
    findings_now,
)
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
from provning.web.tables import EXPORT, with_query

AFTER = "efter"
"""What the address says to have the list counted anew: the moment of the one that is seen."""


class Place(TypedDict):
    """Which file, on which day."""

    organiser_id: UUID
    target: Target
    term: Term
    today: date


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
    if EXPORT in request.GET:
        answer = _exported(request, asked)
        if answer:
            return answer
    found = control_index(
        request.actor,
        **_place(asked),
        provider_id=asked.provider_id,
        code=asked.code,
        now=datetime.now(UTC),
        after=_moment(request.GET.get(AFTER, "")),
    )
    listed = page_of(request, found.entries)
    current = findings_now(request.actor, listed.rows, **_place(asked))
    rows = control_rows(request.actor, current)
    table = control_table(request, rows, len(found.entries))
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
        "counted_at": localtime(found.counted_at),
        "mended": len(listed.rows) - len(rows),
        "again_url": with_query(request.GET, **{AFTER: found.counted_at.isoformat()}),
        "page": listed,
        "makes": makes,
        "blocked": _blocked(found),
        "extracts": extracts_table(extracts) if makes and extracts else None,
        "codes_url": f"{reverse('reporting:codes')}?{urlencode({'target': asked.target.value})}",
    }
    return page(request, "reporting/list.html", context, form=form or _empty(asked))


def _exported(request: ScreenRequest, asked: Asked) -> HttpResponseBase | None:
    """Return the control list as a file, whole and as it is now."""
    found = control_list(
        request.actor, **_place(asked), provider_id=asked.provider_id, code=asked.code
    )
    every = control_rows(request.actor, found.findings)
    table = replace(control_table(request, (), len(every)), every=every)
    return exported(request, [table], [("organiser", asked.organiser_id)])


def _place(asked: Asked) -> Place:
    """Return which file is asked about."""
    return {
        "organiser_id": asked.organiser_id,
        "target": asked.target,
        "term": asked.term,
        "today": today(),
    }


def _moment(text: str) -> datetime | None:
    """Return a moment of the address, None for what is none or has not been."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo and moment <= datetime.now(UTC) else None


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


def _blocked(found: ControlTotals) -> bool:
    """Say whether nothing can be made now."""
    return bool(found.stops or not found.written or not found.trials_in)
