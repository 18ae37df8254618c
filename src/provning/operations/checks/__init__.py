"""Looking at the installation: each check says what it found and how to mend it."""

from collections.abc import Iterator
from datetime import datetime

from django.db import DatabaseError

from provning.operations.checks import activity, configured, machine, stored
from provning.operations.finding import Condition, Finding

__all__ = ["Condition", "Finding", "diagnose", "readiness"]


def diagnose(now: datetime) -> Iterator[Finding]:
    """Look at everything; what needs the database is left out where there is none to ask."""
    yield from machine.python()
    yield from machine.folders()
    yield from machine.disk()
    yield from machine.fonts()
    yield from configured.secret_key()
    yield from configured.debugging()
    yield from configured.encryption()
    yield from configured.mail()
    yield from configured.sealing()
    found = list(stored.database())
    yield from found
    if any(each.level is Condition.FAULT for each in found):
        return
    yield from stored.version()
    yield from stored.pragmas()
    tables = list(stored.migrations())
    yield from tables
    if any(each.level is Condition.FAULT for each in tables):
        return
    yield from machine.clock(now)
    yield from stored.trail()
    yield from activity.worker(now)
    yield from activity.jobs(now)
    yield from activity.backups(now)
    yield from activity.organisation(now)
    yield from activity.givers(now)


def readiness(now: datetime) -> list[Finding]:
    """Look at what a request needs: database, tables, worker, disk; never raises."""
    try:
        found = list(stored.database())
        if found[0].level is Condition.OK:
            found += stored.migrations()
            found += activity.worker(now)
    except DatabaseError:
        found = [Finding("database", Condition.FAULT, "")]
    return [*found, *machine.disk()]
