"""Sessions as Django keeps them in the database, read without wording the question anew."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from provning.audit.asking import worded_once


class SessionStore(db.SessionStore):
    """One browser's session; the same rows as Django's own store."""

    def load(self) -> dict[str, Any]:
        """Return what the session holds, nothing when it has ended; one query."""
        found = _kept(str(self.session_key), timezone.now())
        if not found:
            self._session_key = None
            return {}
        held: dict[str, Any] = self.decode(found[0][0])
        return held


@worded_once
def _kept(key: str, now: datetime) -> QuerySet[Session, Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list("session_data")
