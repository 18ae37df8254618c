"""A client tells us of a fault, or of how many rows it took."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from provning.accounts.policies import require
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import refuse_if
from provning.publishing import rules
from provning.publishing.disposal import old_reports
from provning.publishing.models import ClientReport
from provning.publishing.viewer import Viewer

FIELDS = (
    "message",
    "messageType",
    "resourceType",
    "resourceId",
    "resourceUrl",
    "severityLevel",
    "timeOfOccurance",
    "newCount",
    "updatedCount",
    "deletedCount",
)
LONGEST = 8000


@transaction.atomic
def report(*, viewer: Viewer, kind: str, content: Mapping[str, Any], now: datetime) -> None:
    """Keep what a client reports: the fields of the standard and no others."""
    check = rules.log_problems if kind == ClientReport.Kind.LOG else rules.statistics_problems
    refuse_if(check(content))
    known = {name: content[name] for name in FIELDS if name in content}
    text = json.dumps(known, ensure_ascii=False)[:LONGEST].replace("\x00", "")
    ClientReport.objects.create(client_id=viewer.client.id, kind=kind, at=now, content=text)


@transaction.atomic
def dispose_reports(*, actor: Actor, before: date, keys: Iterable[str]) -> int:
    """Remove those of the reports that came before the day; returns how many.

    Part of a run of disposal, which tells the trail.
    """
    require(actor, Permission.DISPOSE)
    count, _by_model = old_reports(before).filter(pk__in=list(keys)).delete()
    return count
