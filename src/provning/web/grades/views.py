"""The groups to grade (Manual s. 3)."""

from django.http import HttpResponse

from provning.exams.queries import groups_for
from provning.web.clock import today
from provning.web.grades.listing import grading_table
from provning.web.grades.sheet import GRADING
from provning.web.groups.lines import group_lines
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import selected


@screen(permission=GRADING, methods=("GET", "HEAD"))
def groups(request: ScreenRequest) -> HttpResponse:
    """List the groups of the chosen unit and term with how far their grades have come."""
    selection = selected(request)
    unit_id = selection.unit.id if selection.unit else None
    rows = groups_for(request.actor, unit_id=unit_id, term=selection.term)
    lines = group_lines(request.actor, [row for row in rows if row.placed], today())
    context = {"table": grading_table(lines), "selection": selection}
    return page(request, "grades/list.html", context)
