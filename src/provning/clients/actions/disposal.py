"""Calls and tokens go when their day has come; part of a run of disposal, which tells the trail."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from provning.accounts.policies import require
from provning.clients.disposal import old_calls, old_tokens
from provning.kernel.actors import Actor, Permission


@transaction.atomic
def dispose_calls(*, actor: Actor, before: date, keys: Iterable[str]) -> int:
    """Remove those of the calls that were made before the day; returns how many."""
    require(actor, Permission.DISPOSE)
    count, _by_model = old_calls(before).filter(pk__in=list(keys)).delete()
    return count


@transaction.atomic
def dispose_tokens(*, actor: Actor, before: date, keys: Iterable[str]) -> int:
    """Remove those of the tokens that ran out before the day; returns how many."""
    require(actor, Permission.DISPOSE)
    count, _by_model = old_tokens(before).filter(pk__in=list(keys)).delete()
    return count
