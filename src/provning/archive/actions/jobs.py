"""Disposal of the rows of jobs that have been done: their outcome is kept where it belongs."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from provning.accounts.policies import require
from provning.archive.jobs import finished_jobs
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_jobs(*, actor: Actor, before: date, keys: Iterable[str]) -> int:
    """Remove those of the jobs that ended before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    count, _by_model = finished_jobs(before).filter(pk__in=list(keys)).delete()
    return count
