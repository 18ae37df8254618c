"""Historik: what has happened to a person and to their placements, in whole sentences.

A provider reads of the person and of its own placements, never of what other providers have done:
placements come from the study plan, which is in scope, and an enrolment is told only where the
provider is in scope too.
"""

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from provning.applications.events import REQUEST_DONE
from provning.audit.queries import HistoryRow, histories_of
from provning.exams import events as exams
from provning.exams.queries import study_plan
from provning.grading import events as grading
from provning.kernel.actors import Permission
from provning.people import events as people
from provning.people.queries import person_history
from provning.web.permissions import screen
from provning.web.pieces import HistoryItem
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.sentences import history_item
from provning.web.students.person import person_page

TURNS = frozenset({grading.GRADE_CORRECTED, grading.GRADE_AMENDED})
OF_PLACEMENTS = frozenset(
    {
        exams.STUDENTS_PLACED,
        exams.EXAM_DATE_CHANGED,
        exams.PLACEMENT_WITHDRAWN,
        grading.GRADES_DECIDED,
        *TURNS,
        REQUEST_DONE,
    }
)


@screen(permission=Permission.VIEW_PERSONS, methods=("GET", "HEAD"))
def history(request: ScreenRequest, person_id: UUID) -> HttpResponse:
    """Show the person's history, the newest first."""
    person = person_page(request, person_id, "history")
    context = {"person": person, "events": person_events(request, person_id)}
    return page(request, "students/history.html", context)


def person_events(request: ScreenRequest, person_id: UUID) -> list[HistoryItem]:
    """Return what the actor may read of the person and their placements."""
    own = person_history(request.actor, person_id)
    placements = {str(each.id) for each in study_plan(request.actor, person_id)}
    rows = {row.number: row for row in (*own, *_of_placements(placements))}
    newest = sorted(rows.values(), key=lambda row: row.number, reverse=True)
    return [item for row in newest for item in _items(row, placements)]


def _of_placements(placements: set[str]) -> Iterator[HistoryRow]:
    """Return what has happened to the placements and to their decided grades."""
    for kind in ("placement", "grade"):
        for row in histories_of(kind, placements):
            if row.name in OF_PLACEMENTS:
                yield row


def _items(row: HistoryRow, placements: set[str]) -> list[HistoryItem]:
    """Return an event as this person's: of an act on many, only their own part."""
    if row.name == exams.STUDENTS_PLACED:
        text = _("Placerades i {group} med prövningsdatum {exam_date}.")
        return _parts(row, "placements", text, placements)
    if row.name == grading.GRADES_DECIDED:
        text = _("Betyget {value} i {group} beslutades av {decided_by}.")
        return _parts(row, "decisions", text, placements)
    if row.name == people.PERSONS_REGISTERED:
        return [history_item(row, _("Personen lades upp."))]
    if row.name == people.PERSONS_ENROLLED:
        return [history_item(row, _("Personen skrevs in."))]
    return [history_item(row, turn=row.name in {exams.PLACEMENT_WITHDRAWN, *TURNS})]


def _parts(row: HistoryRow, key: str, text: str, placements: set[str]) -> list[HistoryItem]:
    """Return a sentence for each part of the act that is about one of the placements."""
    parts = row.after.get(key)
    found: Iterable[Mapping[str, object]] = parts if isinstance(parts, list) else ()
    return [
        history_item(row, text.format_map({**row.after, **part}))
        for part in found
        if str(part.get("placement")) in placements
    ]
