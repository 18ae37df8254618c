"""A sign-in from its beginning to its end: what the session knows, and how long it lasts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest

from provning.accounts.actions import begin_session, forget_session, see_session
from provning.accounts.assurance import PASSWORD, Assurance
from provning.accounts.models import User
from provning.accounts.queries import owner_of_session

BACKEND = "django.contrib.auth.backends.ModelBackend"
BEGAN, SEEN, SHOWN, FACTORS = "began_at", "seen_at", "assurance", "factors"
CONFIRMED = "confirmed"
CONFIRMED_HOLDS = 5 * 60
SEEN_EVERY = 5 * 60
"""Seconds between two writes of when somebody was last seen."""
# What a browser says of itself, the most telling mark first: each also calls itself by later ones.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Windows": "Windows",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Mac OS": "macOS",
    "Linux": "Linux",
}


def enter(request: HttpRequest, user: User, assurance: Assurance, factors: list[str]) -> None:
    """Begin a sign-in under a new key, knowing how surely and with which factors."""
    login(request, user, BACKEND)
    remember_assurance(request, assurance)
    remember_factors(request, factors)
    begin_session(
        user=user,
        session_key=_key(request),
        method=assurance.method,
        user_agent=_user_agent(request),
    )


def note_sign_in(request: HttpRequest, user: User, **_others: Any) -> None:
    """Start the clocks of a sign-in, however it came about."""
    now = datetime.now(UTC).timestamp()
    request.session[BEGAN] = request.session[SEEN] = now
    for name in (SHOWN, FACTORS, CONFIRMED):
        request.session.pop(name, None)
    begin_session(user=user, session_key=_key(request), method="", user_agent=_user_agent(request))


def note_sign_out(request: HttpRequest, **_others: Any) -> None:
    """Take the sign-in off the list, before its key is gone.

    One that has run out stays known: what was being typed in it belongs to its owner.
    """
    key = request.session.session_key
    if key and request.method == "POST" and not _is_too_old(request):
        forget_session(session_key=key)


def connect() -> None:
    """Listen to sign-ins and sign-outs; called once, when the program starts."""
    user_logged_in.connect(note_sign_in, dispatch_uid="provning.note_sign_in")
    user_logged_out.connect(note_sign_out, dispatch_uid="provning.note_sign_out")


def end_if_too_old(request: HttpRequest) -> None:
    """End a sign-in that has lasted too long in all, or has been unused too long; note the rest."""
    session = request.session
    now = datetime.now(UTC).timestamp()
    if _is_too_old(request):
        logout(request)
    elif now - session.get(SEEN, 0) > SEEN_EVERY:
        session.setdefault(BEGAN, now)
        session[SEEN] = now
        see_session(session_key=_key(request))


def assurance_of(request: HttpRequest) -> Assurance:
    """Return how surely the session's owner has shown who they are."""
    return Assurance(**request.session.get(SHOWN, {}))


def remember_assurance(request: HttpRequest, assurance: Assurance) -> None:
    """Keep how surely somebody is known, for the rest of the sign-in."""
    request.session[SHOWN] = {
        "level": assurance.level,
        "method": assurance.method,
        "factor": assurance.factor,
    }


def factors_in(request: HttpRequest) -> list[str]:
    """Return the kinds of second factor of the session's owner, as they were when they signed in.

    Kept in the session so that a page that offers them asks the database nothing.
    """
    found: list[str] = request.session.get(FACTORS, [])
    return found


def remember_factors(request: HttpRequest, kinds: list[str]) -> None:
    """Keep which second factors the owner has."""
    request.session[FACTORS] = sorted(set(kinds))


def confirm_now(request: HttpRequest, path: str) -> None:
    """Note that the person has just shown anew who they are, for one address."""
    request.session[CONFIRMED] = {"at": datetime.now(UTC).timestamp(), "path": path}


def is_confirmed(request: HttpRequest) -> bool:
    """Say whether the person has shown anew who they are, for this address, minutes ago."""
    return is_confirmed_for(request, request.path)


def is_confirmed_for(request: HttpRequest, path: str) -> bool:
    """Say whether the person has shown anew who they are, for the address, minutes ago."""
    found = request.session.get(CONFIRMED) or {}
    age = datetime.now(UTC).timestamp() - found.get("at", 0)
    return found.get("path") == path and age <= CONFIRMED_HOLDS


def password_is_enough() -> bool:
    """Say whether the installation asks for no more than the password."""
    return bool(settings.ASSURANCE == PASSWORD)


def owner_who_was(request: HttpRequest) -> UUID | None:
    """Return whose sign-in the browser still names, although it has ended."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return owner_of_session(key) if key else None


def _is_too_old(request: HttpRequest) -> bool:
    now = datetime.now(UTC).timestamp()
    began, seen = request.session.get(BEGAN, now), request.session.get(SEEN, 0)
    too_long = now - began > settings.SESSION_COOKIE_AGE
    unused = bool(seen) and now - seen > settings.SESSION_IDLE_SECONDS
    return bool(too_long or unused)


def _key(request: HttpRequest) -> str:
    if request.session.session_key is None:
        request.session.cycle_key()
    return str(request.session.session_key)


def _user_agent(request: HttpRequest) -> str:
    """Return the browser and its system by the names people know, or all that it says of itself."""
    told = str(request.META.get("HTTP_USER_AGENT", ""))
    names = (_first(told, BROWSERS), _first(told, SYSTEMS))
    return ", ".join(filter(None, names)) or told


def _first(told: str, known: Mapping[str, str]) -> str:
    return next((name for mark, name in known.items() if mark in told), "")
