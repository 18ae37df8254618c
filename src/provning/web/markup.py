"""The small pieces of markup that stand inside lines and cells; templates get them as tags."""

import re
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from provning.kernel.course_codes import last_part, upper_code
from provning.kernel.group_name_repair import repair
from provning.kernel.group_names import PREFIX
from provning.people.rows import PersonRow

GRADE_WORDS = {
    "draft": gettext_noop("utkast"),
    "proposed": gettext_noop("föreslaget"),
    "decided": gettext_noop("beslutat"),
    "replaced": gettext_noop("ersatt"),
}
NOTHING = "–"
JOINT = re.compile(r"(?<=\w{4}nings)(?=\w{6})")
"""Where a long compound may be divided: utbildnings|centrum."""
TERM = re.compile(r"(?<=\b[HV]T) (?=\d{4}\b)")


class Named(Protocol):
    """What a group name is shown from: a row of a group or of a placement."""

    @property
    def name(self) -> str:
        """The whole name."""

    @property
    def course_code(self) -> str:
        """The course's official code."""


class ShownPerson(Protocol):
    """What a person is shown from; `masked` when the actor may not see who it is."""

    @property
    def label(self) -> str:
        """Family name and given name, or that the identity is protected."""

    @property
    def number_display(self) -> str:
        """The identity number, or the case number."""

    @property
    def protected(self) -> bool:
        """Whether the identity is protected."""

    @property
    def masked(self) -> bool:
        """Whether name and number are hidden from the actor."""


def status(state: str, text: object) -> SafeString:
    """Return a state in words, shape and colour."""
    return format_html('<span class="status" data-s="{}">{}</span>', state, text)


def grade(value: str, state: str = "decided") -> SafeString:
    """Return a grade in the frame that says how final it is; a dash when there is none."""
    if not value:
        return format_html(
            '<span class="muted" aria-hidden="true">{}</span><span class="vh">{}</span>',
            NOTHING,
            _("Inget betyg"),
        )
    return format_html(
        '<span class="grade" data-s="{}">{}<span class="vh">, {}</span></span>',
        state,
        value,
        _(GRADE_WORDS[state]),
    )


def group_name(name: str, course_code: str = "") -> SafeString:
    """Return a group name in readable parts; it is still copied as one word.

    The course code tells the course's part from the teacher's number: both may end in digits.
    """
    bodies = repair(name).bodies
    if not name.startswith(PREFIX) or not bodies:
        return format_html('<span class="gname">{}</span>', name)
    rest = bodies[0].rest
    head = name[len(PREFIX) : len(name) - len(rest)]
    part = course_part(rest, course_code)
    number = rest[len(part) :]
    shown = format_html("<u>{}</u>", number) if number else ""
    return format_html(
        '<span class="gname"><i>{}</i>{}<b>{}</b>{}</span>', PREFIX, head, part, shown
    )


def course_part(rest: str, course_code: str) -> str:
    """Return the course's part of the end of a group name; all of it when the code does not fit."""
    if not course_code:
        return rest
    for part in (upper_code(course_code), last_part(course_code)):
        if part and re.fullmatch(re.escape(part) + r"(?:[2-9]|[1-9][0-9])?", rest):
            return part
    return rest


def unbroken(text: str) -> SafeString:
    """Return a document's number, whose hyphens are no places to break at."""
    return format_html('<span class="nowrap">{}</span>', text)


def divisible(text: object) -> str:
    """Return a heading that breaks on a telephone as a Swede would break it: a term never does."""
    divided = TERM.sub("\u00a0", JOINT.sub("\u00ad", str(text)))
    return SafeString(divided) if isinstance(text, SafeString) else divided


def day(value: date | datetime | None) -> SafeString:
    """Return a day as 2026-11-12, or a time in Sweden as 2026-11-12 09.12; a dash for None."""
    if value is None:
        return format_html("{}", NOTHING)
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return format_html(
            '<time datetime="{}">{}</time>',
            local.isoformat("T", "minutes"),
            f"{local:%Y-%m-%d %H.%M}",
        )
    return format_html('<time datetime="{0}">{0}</time>', value.isoformat())


def person_name(person: ShownPerson) -> SafeString:
    """Return a person's name; a hidden identity shows its mark and nothing else."""
    if person.masked:
        return format_html('<span class="protected">{}</span>', _("Skyddad identitet"))
    if person.protected:
        return format_html(
            '{} <span class="protected meta">{}</span>', person.label, _("Skyddad identitet")
        )
    return format_html("{}", person.label)


def person_status(person: PersonRow) -> SafeString:
    """Return a person's status, with the day of death or emigration when it is known."""
    if person.status_on is None:
        return format_html("{}", _(person.status))
    return format_html("{} {}", _(person.status), day(person.status_on))


def person_number(person: ShownPerson) -> SafeString:
    """Return a person's identity number; a hidden identity shows its case number."""
    if person.masked:
        return format_html(
            '<span class="nowrap">{}</span>',
            _("Ärende {number}").format(number=person.number_display),
        )
    return format_html('<span class="pnr">{}</span>', person.number_display)
