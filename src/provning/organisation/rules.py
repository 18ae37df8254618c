"""What makes organisers, units, initials, calendars and policies right; pure."""

import re
from collections.abc import Iterable
from datetime import date

from provning.kernel.group_names import initials_problems
from provning.kernel.problems import Problem
from provning.kernel.terms import Term
from provning.organisation.above import Standing
from provning.organisation.policies_data import POLICIES, PolicyKey, PolicyKind

MANUAL = "Manual s. 1"
MANUAL_DATES = "Manual s. 2"
POLICY = "Policy"
GRADING_RIGHT = "Förordningen (2011:1108) om vuxenutbildning 6 kap. 1 §"
UNIT_REGISTER = "Skolverkets skolenhetsregister"
LONGEST_NAME = 120
LONGEST_INITIALS = 6
INTERNAL = "internal"
KINDS = ("internal", "external")
LONGEST_TEXT = 200
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def name_problems(name: str, longest: int = LONGEST_NAME) -> list[Problem]:
    """Refuse a name that is missing or longer than it can be stored."""
    if not name.strip():
        return [Problem("organisation-name-empty", "name", "Namnet saknas. Skriv det.", POLICY)]
    if len(name) > longest:
        message = "Namnet är längre än {longest} tecken. Korta det."
        return [Problem("organisation-name-long", "name", message, POLICY, {"longest": longest})]
    return []


def municipality_problems(code: str, name: str) -> list[Problem]:
    """Refuse what is no municipality code: four digits, as in Stockholm's 0180."""
    problems = []
    if not re.fullmatch(r"[0-9]{4}", code):
        message = "Kommunkoden {code} ska ha fyra siffror, till exempel 0180. Rätta den."
        problems.append(
            Problem("municipality-code", "municipality_code", message, POLICY, {"code": code})
        )
    if not name.strip():
        message = "Kommunens namn saknas. Skriv det."
        problems.append(Problem("municipality-name-empty", "municipality_name", message, POLICY))
    return problems


def organisation_number_problems(number: str) -> list[Problem]:
    """Refuse a misshapen organisationsnummer; an empty one is allowed."""
    if not number or re.fullmatch(r"[0-9]{6}-[0-9]{4}", number):
        return []
    message = "Organisationsnumret {number} ska skrivas NNNNNN-NNNN. Rätta det."
    params = {"number": number}
    return [Problem("organisation-number", "organisation_number", message, POLICY, params)]


def provider_problems(kind: str, right_from: date | None, right_to: date | None) -> list[Problem]:
    """Say what is wrong with a provider's kind and betygsrätt."""
    problems = []
    if kind not in KINDS:
        message = "Välj om anordnaren drivs i egen regi eller på entreprenad."
        problems.append(Problem("provider-kind", "kind", message, "Skollagen 23 kap."))
    if right_to and (right_from is None or right_to < right_from):
        message = "Betygsrätten slutar före sin första dag. Rätta en av dagarna."
        problems.append(Problem("grading-right-dates", "grading_right_to", message, GRADING_RIGHT))
    return problems


def has_grading_right(kind: str, right_from: date | None, right_to: date | None, day: date) -> bool:
    """Say whether grades are the provider's own to answer for on the day.

    The organiser's own provider needs no permit; a contracted one has it from day to day, both
    inclusive. Without it the organiser's principal answers (VF 1 kap. 4 §).
    """
    if kind == INTERNAL:
        return True
    return right_from is not None and right_from <= day <= (right_to or date.max)


def unit_problems(code: str, *, code_taken: bool) -> list[Problem]:
    """Refuse a skolenhetskod that is misshapen or another unit's; an empty one is allowed."""
    if code and not re.fullmatch(r"[0-9]{8}", code):
        message = "Skolenhetskoden {code} ska ha åtta siffror. Rätta den."
        return [Problem("unit-code", "code", message, UNIT_REGISTER, {"code": code})]
    if code and code_taken:
        message = "En annan skolenhet har koden {code}. Kontrollera den i skolenhetsregistret."
        return [Problem("unit-code-taken", "code", message, UNIT_REGISTER, {"code": code})]
    return []


def initials_rule(
    initials: str, valid_from: date, *, latest_start: date | None, taken_by: Iterable[str]
) -> list[Problem]:
    """Say what is wrong with a unit's new initials.

    `latest_start` is the first day of the unit's newest initials, `taken_by` names the organiser's
    other units that have the same letters on any of the days.
    """
    problems = initials_problems(initials)
    if len(initials) > LONGEST_INITIALS:
        message = "Skolinitialerna är fler än {longest}. Korta dem."
        params: dict[str, object] = {"longest": LONGEST_INITIALS}
        problems.append(Problem("initials-long", "initials", message, MANUAL, params))
    for unit_name in taken_by:
        message = (
            "{unit} har redan initialerna {initials}, så gruppnamnen skulle blandas ihop."
            " Välj andra."
        )
        params = {"unit": unit_name, "initials": initials}
        problems.append(Problem("initials-taken", "initials", message, MANUAL, params))
    return problems + start_problems(valid_from, latest_start)


def start_problems(valid_from: date, latest_start: date | None) -> list[Problem]:
    """Refuse to rewrite the past: what is new begins on or after the newest first day."""
    if latest_start is None or valid_from >= latest_start:
        return []
    message = "Det som gäller nu började {latest}. Välj den dagen eller en senare."
    params = {"latest": latest_start.isoformat()}
    return [Problem("start-before-latest", "valid_from", message, POLICY, params)]


def past_problems(valid_from: date, today: date | None) -> list[Problem]:
    """Refuse what would begin before today; None is somebody who sets the place up."""
    if today is None or valid_from >= today:
        return []
    message = (
        "{day} har redan varit, och det som beslutats sedan dess följde det som gällde då. Välj"
        " i dag, {today}, eller en senare dag."
    )
    params = {"day": valid_from.isoformat(), "today": today.isoformat()}
    return [Problem("start-in-the-past", "valid_from", message, POLICY, params)]


def last_day_problems(
    last_day: date | None, today: date, standing: Iterable[Standing]
) -> list[Problem]:
    """Say why a unit or provider cannot end with the day; `standing` is what there is after it."""
    if last_day is None:
        return []
    problems = []
    if last_day < today:
        message = "{day} har redan varit. Välj i dag, {today}, eller en senare dag."
        days = {"day": last_day.isoformat(), "today": today.isoformat()}
        problems.append(Problem("last-day-in-the-past", "last_day", message, POLICY, days))
    for each in standing:
        if each.hinders:
            said = each.one if each.count == 1 else each.many
            params = {"what": said.format(count=each.count)}
            message = "{what} Välj en senare dag, eller flytta det först."
            problems.append(Problem("something-stands", "last_day", message, POLICY, params))
    return problems


def calendar_problems(term: Term, first_day: date, last_day: date) -> list[Problem]:
    """Keep a provider's term inside its half-year (Manual s. 2)."""
    problems = []
    bounds = {"first": term.first_day.isoformat(), "last": term.last_day.isoformat()}
    for field, day in (("first_day", first_day), ("last_day", last_day)):
        if not term.contains(day):
            message = "{day} ligger inte i {term}. Välj en dag från {first} till {last}."
            params = {"day": day.isoformat(), "term": term.long_label, **bounds}
            problems.append(Problem("calendar-half-year", field, message, MANUAL_DATES, params))
    if last_day < first_day:
        message = "Terminens sista dag är före den första. Rätta en av dem."
        problems.append(Problem("calendar-order", "last_day", message, MANUAL_DATES))
    return problems


def policy_problems(
    key: str, value: object, valid_from: date, latest_start: date | None
) -> list[Problem]:
    """Say what is wrong with a policy's new value."""
    if key not in POLICIES:
        message = "Policyn {key} finns inte. Välj en ur listan."
        return [Problem("policy-unknown", "key", message, POLICY, {"key": key})]
    kind = POLICIES[PolicyKey(key)]
    return _value_problems(kind, value) + start_problems(valid_from, latest_start)


def _value_problems(kind: PolicyKind, value: object) -> list[Problem]:
    if kind.choices:
        return [] if value in dict(kind.choices) else [_not_a_choice(kind)]
    if isinstance(kind.default, int):
        fits = type(value) is int and kind.lowest <= value <= kind.highest
        return [] if fits else [_not_a_number(kind)]
    if not kind.mail:
        fits = isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable()
        return [] if fits else [_not_a_text(kind)]
    if isinstance(value, str) and (not value or MAIL.fullmatch(value)):
        return []
    message = "”{value}” är ingen e-postadress. Rätta den eller lämna fältet tomt."
    return [Problem("policy-mail", "value", message, POLICY, {"value": value})]


def _not_a_choice(kind: PolicyKind) -> Problem:
    message = "{label} kan vara: {choices}. Välj ett av dem."
    choices = ", ".join(label for _value, label in kind.choices)
    params = {"label": kind.label, "choices": choices}
    return Problem("policy-choice", "value", message, POLICY, params)


def _not_a_text(kind: PolicyKind) -> Problem:
    message = "{label} ska vara en rad med högst {most} tecken. Rätta den."
    params = {"label": kind.label, "most": LONGEST_TEXT}
    return Problem("policy-text", "value", message, POLICY, params)


def _not_a_number(kind: PolicyKind) -> Problem:
    message = "{label} ska vara ett heltal från {lowest} till {highest}. Rätta det."
    params = {"label": kind.label, "lowest": kind.lowest, "highest": kind.highest}
    return Problem("policy-number", "value", message, POLICY, params)
