"""What every page of one person begins with: who it is, and the ways to the other pages."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.kernel.actors import Permission
from provning.kernel.seen import note_subject
from provning.people.queries import EnrolmentRow, PersonRow, person_details, person_for
from provning.web import markup
from provning.web.pieces import Tab
from provning.web.screen_request import ScreenRequest
from provning.web.weak_sign_in import hides

ACTIVE = "Aktiv"
PAPERS = (Permission.ISSUE_EXTRACTS, Permission.VIEW_CATALOGUES)
PARTS = {
    "detail": "students:detail",
    "extracts": "extracts:person",
    "everything": "students:everything",
    "history": "students:history",
    "access": "access:person",
    "edit": "students:edit",
}
"""The parts of a person's pages in the order of the tabs, and their addresses' names."""


@dataclass(frozen=True, slots=True)
class PersonPage:
    """The head of a person's pages; a hidden identity has its mark for a title."""

    row: PersonRow
    title: SafeString
    name: str
    lead: SafeString
    tabs: tuple[Tab, ...]

    @property
    def intro(self) -> SafeString:
        """Return name and number in one line, under the heading of something done to the person."""
        return format_html("{}, {}", self.title, markup.person_number(self.row))


def person_page(request: ScreenRequest, person_id: UUID, part: str = "") -> PersonPage:
    """Return the head for one of `PARTS`; raises `NotFoundError` for whom the actor cannot see."""
    row = person_for(request.actor, person_id)
    note_subject(person_id)
    return page_for_row(request, row, part)


def page_for_row(request: ScreenRequest, row: PersonRow, part: str = "") -> PersonPage:
    """Return the head of a person who has been read already."""
    return PersonPage(
        row, title_of(row), short_name(row), _lead(request, row), _tabs(request, row, part)
    )


def page_of_staff(request: ScreenRequest, row: PersonRow, *, numbered: bool) -> PersonPage:
    """Return the head of one of the staff, who has none of a student's parts.

    The number is shown to who changes the person, and to nobody else.
    """
    lead = _lead(request, row) if numbered or row.protected else SafeString("")
    return PersonPage(row, title_of(row), short_name(row), lead, ())


def person_page_enrolled(request: ScreenRequest, person_id: UUID, part: str) -> PersonPage:
    """Return the head that also says where the person is enrolled, in scope and latest."""
    details = person_details(request.actor, person_id)
    note_subject(person_id)
    row = details.row
    lead = _lead(request, row, *(_enrolled(each) for each in details.enrolments[:1]))
    return PersonPage(row, title_of(row), short_name(row), lead, _tabs(request, row, part))


def short_name(row: PersonRow) -> str:
    """Return the person in running text and in the way here: the name, else the case number.

    It stands in the title of the window, which ends up in histories: a protected person who has
    been opened is not named there either.
    """
    if row.protected:
        return row.case_number
    return f"{row.given_name} {row.family_name}".strip()


def title_of(row: PersonRow) -> SafeString:
    """Return the person as a heading."""
    if row.masked:
        return markup.person_name(row)
    return format_html("{}", f"{row.given_name} {row.family_name}".strip())


def _enrolled(enrolment: EnrolmentRow) -> SafeString:
    """Return where and since when, or until when."""
    ended = enrolment.end_date is not None
    text = (
        _("Inskriven hos {provider} {first} till {last}")
        if ended
        else _("Inskriven hos {provider} sedan {first}")
    )
    return format_html(
        text,
        provider=enrolment.provider_name,
        first=markup.day(enrolment.start_date),
        last=markup.day(enrolment.end_date),
    )


def _lead(request: ScreenRequest, row: PersonRow, *more: SafeString) -> SafeString:
    """Return the number, what is out of the ordinary, and what more there is to say."""
    said = [markup.person_number(row)]
    if row.status != ACTIVE:
        said.append(markup.person_status(row))
    if row.protected and not row.masked:
        said.append(
            format_html(
                '<span class="protected">{}</span>',
                _("Skyddad identitet, ärende {number}").format(number=row.case_number),
            )
        )
    if row.may_open or (row.masked and hides(request, Permission.VIEW_PROTECTED)):
        url = reverse("access:open", args=[row.id])
        said.append(format_html('<a href="{}">{}</a>', url, _("Visa identiteten")))
    parts = [*said, *more]
    if len(parts) == 1:
        return said[0]
    return format_html_join(" ", "{}.", ((each,) for each in parts))


def _tabs(request: ScreenRequest, row: PersonRow, part: str) -> tuple[Tab, ...]:
    """Return the parts that the actor may open."""
    labels = {
        "detail": _("Studieplan"),
        "extracts": _("Utdrag"),
        "everything": _("Allt om eleven"),
        "history": _("Historik"),
        "access": _("Åtkomst"),
        "edit": _("Personuppgifter"),
    }
    closed = {
        "extracts": not any(request.actor.may(each) for each in PAPERS),
        "edit": not may_edit(request, row),
        "access": not request.actor.may(Permission.VIEW_AUDIT),
    }
    return tuple(
        Tab(labels[each], reverse(name, args=[row.id]), current=each == part)
        for each, name in PARTS.items()
        if not closed.get(each)
    )


def may_edit(request: ScreenRequest, row: PersonRow) -> bool:
    """Say whether the actor may change the register's facts of the person."""
    return request.actor.may(Permission.REGISTER_PERSONS) and not row.masked
