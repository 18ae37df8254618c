"""What would go today, exactly, and what has gone."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.archive.keeping import InstallationsWay, Kind, OrganisersWay
from provning.archive.models import Disposal
from provning.archive.policies import require_dispose
from provning.archive.retention import KINDS, RETENTION
from provning.archive.rows import DisposalRow
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.disposal import Disposable
from provning.organisation.queries import organiser_scope, organisers_for, policy_value

INSTALLATION = gettext_noop("Hela installationen")


@dataclass(frozen=True, slots=True)
class KindPreview:
    """One kind: the day before which it may go, and every row that does."""

    kind: Kind
    before: date
    rows: tuple[Disposable, ...]


@dataclass(frozen=True, slots=True)
class DisposalPreview:
    """Everything that a run would remove, for one organiser or (None) for the installation."""

    organiser_id: UUID | None
    name: str
    kinds: tuple[KindPreview, ...]

    @property
    def total(self) -> int:
        """Return how many rows would go."""
        return sum(len(each.rows) for each in self.kinds)

    @property
    def fingerprint(self) -> str:
        """Return what tells this very set of rows: a run is of what somebody has seen."""
        keys = [[each.kind.key, *(row.key for row in each.rows)] for each in self.kinds]
        return hashlib.sha256(json.dumps(keys).encode()).hexdigest()


def disposal_previews(actor: Actor, today: date) -> list[DisposalPreview]:
    """Return what may go everywhere that the actor may dispose, the installation last."""
    previews = [
        _of_organiser(organiser_id, name, today)
        for organiser_id, name in organisers_for(actor, Permission.DISPOSE)
    ]
    if Scope(ScopeKind.EVERYTHING) in actor.scopes(Permission.DISPOSE):
        previews.append(_of_installation(today))
    return previews


def disposal_preview(actor: Actor, organiser_id: UUID | None, today: date) -> DisposalPreview:
    """Return what may go for one organiser, or (None) for the installation.

    Raises `NotAllowedError` without the right, `NotFoundError` out of scope.
    """
    require_dispose(actor, organiser_id)
    if organiser_id is None:
        return _of_installation(today)
    names = dict(organisers_for(actor, Permission.DISPOSE))
    return _of_organiser(organiser_id, names.get(organiser_id, ""), today)


def disposals_for(actor: Actor, *, limit: int = 50) -> list[DisposalRow]:
    """Return the newest runs that the actor may see, the newest first; one query."""
    scope = organiser_scope(actor, Permission.DISPOSE)
    runs = Disposal.objects.filter(scope).select_related("organiser").order_by("-made_at")
    return [_row(each) for each in runs[:limit]]


def _of_organiser(organiser_id: UUID, name: str, today: date) -> DisposalPreview:
    found = []
    for kind in RETENTION:
        if isinstance(kind.way, OrganisersWay):
            before = kind.limit(today, int(policy_value(organiser_id, kind.way.policy, today)))
            rows = kind.way.find(organiser_id, before)
            found.append(KindPreview(kind, before, tuple(rows)))
    return DisposalPreview(organiser_id, name, tuple(found))


def _of_installation(today: date) -> DisposalPreview:
    found = []
    for kind in RETENTION:
        if isinstance(kind.way, InstallationsWay):
            before = kind.limit(today, kind.way.days)
            found.append(KindPreview(kind, before, tuple(kind.way.find(before))))
    return DisposalPreview(None, INSTALLATION, tuple(found))


def _row(run: Disposal) -> DisposalRow:
    counts: dict[str, int] = json.loads(run.counts)
    return DisposalRow(
        id=run.id,
        day=run.day,
        organiser=run.organiser.name if run.organiser else INSTALLATION,
        counts=tuple(
            (KINDS[key].label if key in KINDS else key, number) for key, number in counts.items()
        ),
        total=run.total,
        made_at=run.made_at,
        made_by_name=run.made_by_name,
    )
