"""What waits for an actor, as tasks with one action each, the worst first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.accounts.queries import ManagedAccount
from provning.applications.queries import RequestRow, requests_for
from provning.archive.queries import DeliveryState, StandingRow, standings
from provning.catalogues.queries import (
    catalogues_to_print,
    catalogues_to_sign,
    unsigned_catalogues,
)
from provning.catalogues.rows import ToPrintRow, ToSignRow, UnsignedRow
from provning.exams.queries import GroupRow, groups_without_teacher
from provning.extracts.queries import outdated_extracts
from provning.extracts.rows import OutdatedRow
from provning.grading.queries import JointRow, LateRow, joint_waiting, ungraded_after_exam
from provning.kernel.actors import Actor, Permission
from provning.organisation.role_places import PlacedProposal, placed_proposals_for
from provning.organisation.role_reviews import ReviewRow, overdue_reviews
from provning.privacy.queries import cases_to_approve
from provning.privacy.rows import CaseRow
from provning.reporting.queries import outdated_exports
from provning.reporting.rows import SentRow
from provning.web import markup
from provning.web.overview.cases import case_tasks
from provning.web.overview.deliveries import delivery_tasks
from provning.web.overview.grades import joint_tasks, to_grades
from provning.web.overview.reports import report_tasks
from provning.web.overview.roles import role_tasks, unlinked_for
from provning.web.pieces import Task

GRADING = (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)
# Who has these minds the groups; Vuxenutbildningscentrum only sees them.
MINDS_GRADES = (Permission.EDIT_GROUPS, *GRADING)
# Vuxenutbildningscentrum sees what is not signed but has nothing to do about it.
FEW_NAMES = 3
SIGNS_CATALOGUES = (Permission.MAKE_CATALOGUES, Permission.SIGN_CATALOGUES)
QUESTION, SENT = "question", "sent"
WORST_FIRST = ("late", "soon", "open")


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything that waits, read once: empty where the actor has nothing to do with it."""

    ungraded: Sequence[LateRow]
    teacherless: Sequence[GroupRow]
    requests: Sequence[RequestRow]
    catalogues: Sequence[ToPrintRow]
    unsigned: Sequence[UnsignedRow]
    to_sign: Sequence[ToSignRow]
    extracts: Sequence[OutdatedRow]
    to_send: Sequence[StandingRow] = ()
    to_receive: Sequence[StandingRow] = ()
    joint: Sequence[JointRow] = ()
    exports: Sequence[SentRow] = ()
    proposals: Sequence[PlacedProposal] = ()
    reviews: Sequence[ReviewRow] = ()
    unlinked: Sequence[ManagedAccount] = ()
    cases: Sequence[CaseRow] = ()


def waiting_for(actor: Actor, today: date) -> Waiting:
    """Read what waits for the actor, each kind only for those who may act on it."""
    return Waiting(
        ungraded=ungraded_after_exam(actor, today) if _may(actor, *MINDS_GRADES) else (),
        teacherless=(
            groups_without_teacher(actor, today) if _may(actor, Permission.EDIT_GROUPS) else ()
        ),
        requests=(
            requests_for(actor, status="open")
            if _may(actor, Permission.SEND_REQUESTS, Permission.HANDLE_REQUESTS)
            else ()
        ),
        catalogues=(
            catalogues_to_print(actor, today) if _may(actor, Permission.MAKE_CATALOGUES) else ()
        ),
        unsigned=unsigned_catalogues(actor) if _may(actor, *SIGNS_CATALOGUES) else (),
        to_sign=(
            catalogues_to_sign(actor, today) if _may(actor, Permission.SIGN_CATALOGUES) else ()
        ),
        extracts=outdated_extracts(actor) if _may(actor, Permission.ISSUE_EXTRACTS) else (),
        to_send=_standings(actor, Permission.SEND_DELIVERIES, today),
        to_receive=_standings(actor, Permission.RECEIVE_DELIVERIES, today),
        joint=joint_waiting(actor) if _may(actor, Permission.DECIDE_GRADES) else (),
        exports=outdated_exports(actor) if _may(actor, Permission.MAKE_REPORTS) else (),
        proposals=_to_approve(actor) if _may(actor, Permission.GIVE_ROLES) else (),
        reviews=overdue_reviews(actor, today) if _may(actor, Permission.REVIEW_ROLES) else (),
        unlinked=unlinked_for(actor, today) if _may(actor, Permission.MANAGE_ACCOUNTS) else (),
        cases=_cases(actor) if _may(actor, Permission.REGISTER_PERSONS) else (),
    )


def _standings(actor: Actor, permission: Permission, today: date) -> Sequence[StandingRow]:
    """Return the deliveries on the permission's side that are not done."""
    if not _may(actor, permission):
        return ()
    rows = standings(actor, permission, today)
    return [row for row in rows if row.state is not DeliveryState.RECEIVED]


def _to_approve(actor: Actor) -> Sequence[PlacedProposal]:
    """Return the proposed roles that wait for this very actor, not for somebody else."""
    return [each for each in placed_proposals_for(actor) if each.may_approve]


def _cases(actor: Actor) -> Sequence[CaseRow]:
    """Return the identity cases that wait for this very actor, not for somebody else."""
    return [each for each in cases_to_approve(actor) if each.proposed_by_account != actor.id]


def tasks_of(actor: Actor, waiting: Waiting, today: date) -> list[Task]:
    """Return the tasks, the worst first; its button is the page's primary one."""
    late = [row for row in waiting.ungraded if row.late]
    soon = [row for row in waiting.ungraded if not row.late]
    handled = [row for row in waiting.requests if row.status == SENT and row.may_handle]
    asked = [row for row in waiting.requests if row.status == QUESTION and row.may_send]
    found = [
        _late(actor, late, today) if late else None,
        _teacherless(waiting.teacherless) if waiting.teacherless else None,
        _soon(actor, soon) if soon else None,
        *joint_tasks(waiting.joint),
        _asked(asked) if asked else None,
        _handled(handled) if handled else None,
        _to_sign(waiting.to_sign) if waiting.to_sign else None,
        _extracts(waiting.extracts) if waiting.extracts else None,
        _catalogues(waiting.catalogues) if waiting.catalogues else None,
        _unsigned(waiting.unsigned) if waiting.unsigned else None,
        *delivery_tasks(waiting.to_send, waiting.to_receive),
        *report_tasks(waiting.exports),
        *role_tasks(waiting.proposals, waiting.reviews, waiting.unlinked),
        *case_tasks(waiting.cases),
    ]
    tasks = sorted(
        (task for task in found if task is not None), key=lambda task: WORST_FIRST.index(task.state)
    )
    return [replace(task, primary=place == 0) for place, task in enumerate(tasks)]


def _late(actor: Actor, rows: Sequence[LateRow], today: date) -> Task:
    """Tell of grades whose last day has passed."""
    count = sum(row.count for row in rows)
    title = ngettext(
        "Försenade betyg i %(n)s grupp", "Försenade betyg i %(n)s grupper", len(rows)
    ) % {"n": len(rows)}
    days = (today - rows[0].last_day).days
    text = ngettext(
        "Äldsta sista dag var %(day)s, för %(n)s dag sedan.",
        "Äldsta sista dag var %(day)s, för %(n)s dagar sedan.",
        days,
    ) % {"day": rows[0].last_day, "n": days}
    url, action = to_grades(actor, rows)
    return Task(count, title, text, "late", url, action)


def _soon(actor: Actor, rows: Sequence[LateRow]) -> Task:
    """Tell of exams that have been, whose grades are still in time."""
    count = sum(row.count for row in rows)
    title = ngettext(
        "Betyg att besluta i %(n)s grupp", "Betyg att besluta i %(n)s grupper", len(rows)
    ) % {"n": len(rows)}
    url, action = to_grades(actor, rows)
    text = _("Prövningen är gjord.")
    return Task(count, title, text, "soon", url, action, last_day=rows[0].last_day)


def _teacherless(groups: Sequence[GroupRow]) -> Task:
    """Tell of groups that nobody can grade; the one that ends first is where to begin."""
    title = ngettext(
        "Grupp utan betygssättande lärare", "Grupper utan betygssättande lärare", len(groups)
    )
    placed = sum(group.placed for group in groups)
    text = ngettext(
        "Utan lärare kan ingen sätta betyg. %(n)s elev är placerad.",
        "Utan lärare kan ingen sätta betyg. %(n)s elever är placerade.",
        placed,
    ) % {"n": placed}
    units = Counter(group.unit_name for group in groups)
    if len(units) > 1:
        text += " " + ", ".join(f"{unit} {count}" for unit, count in units.items()) + "."
    url = reverse("groups:teacher", args=[groups[0].id])
    if len(groups) > 1:
        url = _groups_url(groups[0], state="no-teacher")
    return Task(len(groups), title, text, "soon", url, _("Koppla lärare"))


def _asked(rows: Sequence[RequestRow]) -> Task:
    """Tell of requests that have come back with a question."""
    title = ngettext(
        "Begäran har kommit tillbaka med en fråga",
        "Begäranden har kommit tillbaka med en fråga",
        len(rows),
    )
    text = _("Vuxenutbildningscentrum kan inte gå vidare utan svar.")
    return Task(len(rows), title, text, "open", _requests_url(rows), _("Svara"))


def _handled(rows: Sequence[RequestRow]) -> Task:
    """Tell of requests for Vuxenutbildningscentrum to register."""
    title = ngettext(
        "Begäran att registrera och placera", "Begäranden att registrera och placera", len(rows)
    )
    first = min(row.exam_date for row in rows)
    text = format_html(_("Närmaste prövningsdatum är {day}."), day=markup.day(first))
    return Task(len(rows), title, text, "open", _requests_url(rows), _("Handlägg"))


def _to_sign(rows: Sequence[ToSignRow]) -> Task:
    """Tell of versions that wait for the reader's own electronic signature."""
    title = ngettext("Betygskatalog att underteckna", "Betygskataloger att underteckna", len(rows))
    first = rows[0]
    text = format_html(
        _("{unit}, {term}: {document}."),
        unit=first.unit_name,
        term=first.term.label,
        document=markup.unbroken(first.document_id),
    )
    url = reverse("catalogues:sign", args=[first.catalogue_id])
    return Task(len(rows), title, text, "open", url, _("Underteckna"))


def _catalogues(rows: Sequence[ToPrintRow]) -> Task:
    """Tell of ended terms whose decisions are not all printed."""
    title = ngettext("Betygskatalog att skriva ut", "Betygskataloger att skriva ut", len(rows))
    first = rows[0]
    text = _why_to_print(first).format(
        unit=first.unit_name, term=first.term.label, n=first.missing or first.replaced
    )
    query = urlencode({"unit": str(first.unit_id), "term": first.term.code})
    url = f"{reverse('catalogues:list')}?{query}"
    return Task(len(rows), title, text, "open", url, _("Öppna katalogen"))


def _unsigned(rows: Sequence[UnsignedRow]) -> Task:
    """Tell of catalogues that somebody has not signed; the oldest term first."""
    title = ngettext(
        "Betygskatalog utan alla underskrifter",
        "Betygskataloger utan alla underskrifter",
        len(rows),
    )
    first = rows[0]
    text = format_html(
        _("{unit}, {term}: {names} har inte undertecknat {document}."),
        unit=first.unit_name,
        term=first.term.label,
        names=", ".join(first.missing[:FEW_NAMES]),
        document=markup.unbroken(first.document_id),
    )
    url = reverse("catalogues:unsigned")
    if len(rows) == 1:
        url = reverse("catalogues:record", args=[first.catalogue_id])
    return Task(len(rows), title, text, "open", url, _("Visa underskrifterna"))


def _extracts(rows: Sequence[OutdatedRow]) -> Task:
    """Tell of extracts whose grades have been corrected, amended or replaced."""
    title = ngettext("Utdrag är inaktuellt", "Utdrag är inaktuella", len(rows))
    text = _("Ett betyg har ändrats sedan utdraget utfärdades. Utfärda ett nytt.")
    return Task(len(rows), title, text, "soon", reverse("extracts:list"), _("Öppna utdragen"))


def _why_to_print(row: ToPrintRow) -> str:
    """Return why a version is due: new decisions, grades that are replaced, or other facts."""
    if row.missing:
        return _("{unit}, {term}: {n} beslut finns inte i någon utskriven katalog.")
    if row.replaced:
        return _("{unit}, {term}: {n} betyg har ersatts av en högre nivå sedan utskriften.")
    return _("{unit}, {term}: uppgifter har ändrats sedan katalogen skrevs.")


def _groups_url(group: GroupRow, *, state: str) -> str:
    """Return the list of the group's unit and term, narrowed to a state."""
    query = urlencode({"unit": str(group.unit_id), "term": group.term.code, "state": state})
    return f"{reverse('groups:list')}?{query}"


def _requests_url(rows: Sequence[RequestRow]) -> str:
    """Return the one request, or the list of those that wait."""
    if len(rows) == 1:
        return reverse("requests:detail", args=[rows[0].id])
    return f"{reverse('requests:list')}?status=open"


def _may(actor: Actor, *permissions: Permission) -> bool:
    return any(actor.may(each) for each in permissions)
