"""What makes an account and a role right; pure, and everything wrong at once."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from provning.accounts.roles import ROLES
from provning.accounts.rules.passwords import POLICY, password_problems
from provning.kernel.actors import Scope, ScopeKind
from provning.kernel.problems import Problem

USERNAME = re.compile(r"[a-z0-9åäö][a-z0-9åäö._@-]{2,149}")
LONGEST_NAME = 200
LONGEST_ROLE_NAME = 80
LANGUAGES = ("sv", "en")
THEMES = ("", "light", "dark")

Period = tuple[date, date | None]


def user_problems(username: str, name: str, password: str | None, email: str = "") -> list[Problem]:
    """Say everything that is wrong with a new account; None is no password at all."""
    problems = []
    if not USERNAME.fullmatch(username):
        message = (
            "Användarnamnet ska ha minst tre tecken: små bokstäver, siffror, punkt, bindestreck,"
            " understreck eller @."
        )
        problems.append(Problem("username-form", "username", message, POLICY))
    if not name.strip():
        problems.append(Problem("user-name-empty", "name", "Namnet saknas. Skriv det.", POLICY))
    elif len(name) > LONGEST_NAME:
        message = "Namnet är längre än {longest} tecken. Korta det."
        params = {"longest": LONGEST_NAME}
        problems.append(Problem("user-name-long", "name", message, POLICY, params))
    if password is None:
        return problems
    return problems + password_problems(password, username, (name, email))


def role_problems(
    role: str, scope: Scope, valid_from: date, valid_to: date | None
) -> list[Problem]:
    """Say what is wrong with giving a role in a scope for a time."""
    known = ROLES.get(role)
    if known is None:
        return [_unknown_role(role)]
    problems = []
    if scope.kind not in known.scope_kinds or not _has_fitting_id(scope):
        message = "Rollen {role} kan inte gälla här. Välj {kinds}."
        params = {"role": known.manual_name, "kinds": _kinds(known.scope_kinds)}
        problems.append(Problem("role-scope", "scope", message, POLICY, params))
    return problems + period_problems(valid_from, valid_to)


def period_problems(valid_from: date, valid_to: date | None) -> list[Problem]:
    """Refuse a time that ends before it begins."""
    if valid_to is None or valid_to >= valid_from:
        return []
    message = "Sista dagen {last} är före första dagen {first}. Rätta en av dem."
    params = {"first": valid_from.isoformat(), "last": valid_to.isoformat()}
    return [Problem("role-dates", "valid_to", message, POLICY, params)]


def ending_problems(valid_from: date, valid_to: date | None, last_day: date) -> list[Problem]:
    """Refuse an end before the beginning, and one that would let an ended role go on."""
    if valid_to is not None and last_day > valid_to:
        message = "Rollen slutar redan {last}. Ge en ny roll om den ska gälla längre."
        params = {"last": valid_to.isoformat()}
        return [Problem("role-ends-earlier", "last_day", message, POLICY, params)]
    if last_day < valid_from:
        return period_problems(valid_from, last_day)
    return []


def own_role_problems(actor_id: str, user_id: UUID) -> list[Problem]:
    """Refuse to let anybody give themselves a role."""
    if actor_id != str(user_id):
        return []
    message = "Du kan inte ge dig själv en roll. Be någon annan som ger roller att göra det."
    return [Problem("role-own", "username", message, POLICY)]


def review_problems(actor_id: str, user_ids: Sequence[UUID]) -> list[Problem]:
    """Refuse a review of nothing, and of one's own role: somebody else judges it."""
    if not user_ids:
        message = "Markera minst en roll som ska behållas."
        return [Problem("review-nothing", "", message, POLICY)]
    if actor_id not in map(str, user_ids):
        return []
    message = "Du kan inte granska din egen roll. Be någon annan som granskar roller att göra det."
    return [Problem("review-own", "", message, POLICY)]


def proposal_waits() -> Problem:
    """Say that the role is proposed for other days already."""
    message = "Rollen är redan föreslagen. Godkänn eller avslå det förslaget först."
    return Problem("role-proposed", "", message, POLICY)


def last_giver_problems(*, everywhere: bool, confirmed: bool) -> list[Problem]:
    """Refuse to end the last who gives roles at a place, unless somebody says that it is meant.

    The last system administrator of the whole installation stays whatever is said.
    """
    if everywhere:
        message = "Kontot är det sista som sköter hela systemet. Ge någon annan rollen först."
        return [Problem("role-last-of-all", "", message, POLICY)]
    if confirmed:
        return []
    message = "Ingen är kvar som ger roller här. Ge någon annan rollen först, eller kryssa i rutan."
    return [Problem("role-last", "leaves_none", message, POLICY)]


def user_unknown(username: str) -> Problem:
    """Say that nobody has the username."""
    message = "Inget konto heter {username}. Kontrollera stavningen eller be om ett nytt konto."
    return Problem("user-unknown", "username", message, POLICY, {"username": username})


def overlap_problems(
    valid_from: date, valid_to: date | None, held: Iterable[Period]
) -> list[Problem]:
    """Refuse a role that the account already holds, in the same scope, on one of the days.

    `held` are the first and last days of the same role in the same scope.
    """
    last = valid_to or date.max
    for first, end in held:
        if first <= last and valid_from <= (end or date.max):
            message = "Kontot har redan rollen {span}. Avsluta den först eller välj andra dagar."
            return [
                Problem("role-held", "valid_from", message, POLICY, {"span": _span(first, end)})
            ]
    return []


def role_name_problems(role: str, name: str) -> list[Problem]:
    """Say what is wrong with what an organiser wants to call a role."""
    if role not in ROLES:
        return [_unknown_role(role)]
    if not name.strip() or len(name) > LONGEST_ROLE_NAME:
        message = "Rollens namn ska ha mellan 1 och {longest} tecken. Skriv om det."
        params = {"longest": LONGEST_ROLE_NAME}
        return [Problem("role-name-length", "name", message, POLICY, params)]
    return []


def preference_problems(language: str, theme: str) -> list[Problem]:
    """Refuse a language or a look that does not exist."""
    problems = []
    if language not in LANGUAGES:
        message = "Språket {language} finns inte. Välj svenska eller engelska."
        params = {"language": language}
        problems.append(Problem("language-unknown", "language", message, POLICY, params))
    if theme not in THEMES:
        message = "Utseendet {theme} finns inte. Välj ljust, mörkt eller datorns eget."
        problems.append(Problem("theme-unknown", "theme", message, POLICY, {"theme": theme}))
    return problems


def username_taken(username: str) -> Problem:
    """Say that somebody has the username."""
    message = "Användarnamnet {username} är upptaget. Välj ett annat."
    return Problem("username-taken", "username", message, POLICY, {"username": username})


def password_wrong() -> Problem:
    """Say that the password does not open the account; nothing of what was typed is repeated."""
    message = "Lösenordet stämmer inte. Skriv det lösenord som du loggar in med."
    return Problem("password-wrong", "password", message, POLICY)


def _unknown_role(role: str) -> Problem:
    message = "Rollen {role} finns inte. Välj en ur listan."
    return Problem("role-unknown", "role", message, POLICY, {"role": role})


def _has_fitting_id(scope: Scope) -> bool:
    return (scope.id is None) == (scope.kind is ScopeKind.EVERYTHING)


def _kinds(kinds: Iterable[ScopeKind]) -> str:
    words = {
        ScopeKind.EVERYTHING: "hela systemet",
        ScopeKind.ORGANISER: "en huvudman",
        ScopeKind.PROVIDER: "en anordnare",
        ScopeKind.UNIT: "en skolenhet",
        ScopeKind.OWN_GROUPS: "egna grupper i en skolenhet",
    }
    return " eller ".join(word for kind, word in words.items() if kind in kinds)


def _span(first: date, end: date | None) -> str:
    return f"från {first.isoformat()}" if end is None else f"{first.isoformat()}–{end.isoformat()}"
