"""Which protected identities somebody has opened, and said why: for an hour, in the session."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

KEY = "opened_identities"
LASTS: Final = timedelta(hours=1)


def opened_in(session: SessionBase) -> frozenset[UUID]:
    """Return the persons who are open now; what has lasted its hour is closed."""
    moment = datetime.now(UTC).timestamp()
    kept: dict[str, float] = session.get(KEY, {})
    return frozenset(UUID(key) for key, until in kept.items() if until > moment)


def keep_open(session: SessionBase, person_id: UUID) -> None:
    """Let a person be seen in clear for an hour, until sign-out at the latest."""
    kept = {str(each): session[KEY][str(each)] for each in opened_in(session)}
    kept[str(person_id)] = (datetime.now(UTC) + LASTS).timestamp()
    session[KEY] = kept


def close(session: SessionBase, person_id: UUID) -> None:
    """Mask the person again."""
    kept = {key: until for key, until in session.get(KEY, {}).items() if key != str(person_id)}
    session[KEY] = kept
