"""Telling the trail that a file was taken out to another system."""

from django.db import transaction

from provning.accounts.policies import require
from provning.audit.actions import record
from provning.feeds import events, policies
from provning.kernel.actors import Actor


@transaction.atomic
def note_taking_out(*, actor: Actor, what: str, start: str, end: str, school_type: str) -> None:
    """Keep who took out which file of which interval; raises `NotAllowedError`."""
    require(actor, policies.EXCHANGE)
    record(
        events.FEED_TAKEN_OUT,
        actor=actor,
        subjects=[("feed", what)],
        after={"what": what, "start": start, "end": end, "school_type": school_type},
    )
