"""The yearly review of roles: who has which role where, who went through it last, and when next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from provning.accounts.queries import last_reviews
from provning.kernel.actors import Actor, ScopeKind
from provning.organisation.policies_data import POLICIES, PolicyKey
from provning.organisation.queries import PolicyBook
from provning.organisation.role_places import PlacedRole, placed_roles_for

ADMINISTRATOR = "system_administrator"
WITHIN = PolicyKey.REVIEW_ROLES_WITHIN_DAYS


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One role that somebody holds, and the last day to go through it.

    `reviewed_on` is None until the first review, which is counted from the role's first day. `own`
    is the reader's own role, which somebody else goes through; `alone` says that nobody else can.
    """

    placed: PlacedRole
    reviewed_on: date | None
    reviewed_by: str
    due: date
    own: bool
    alone: bool

    @property
    def key(self) -> int:
        """Return which assigned role it is."""
        return self.placed.holding.held.id

    def is_overdue(self, today: date) -> bool:
        """Say whether the last day has gone by."""
        return self.due < today


def roles_to_review(actor: Actor, today: date) -> list[ReviewRow]:
    """Return the roles held today that the actor reviews, the most urgent first; eight queries."""
    held = [
        each
        for each in placed_roles_for(actor)
        if each.may_end and each.holding.held.holds_on(today)
    ]
    reviews = last_reviews([each.holding.held.id for each in held])
    limits = _Limits(held, today)
    alone = _is_alone(actor, held)
    rows = [
        _row(actor, each, reviews.get(each.holding.held.id), limits, alone=alone) for each in held
    ]
    return sorted(rows, key=lambda row: row.due)


def overdue_reviews(actor: Actor, today: date) -> list[ReviewRow]:
    """Return what the actor is late with: others' roles that nobody has gone through in time."""
    return [
        each for each in roles_to_review(actor, today) if each.is_overdue(today) and not each.own
    ]


class _Limits:
    """How long a role may go unreviewed at each place; one query."""

    def __init__(self, held: Iterable[PlacedRole], today: date) -> None:
        self._today = today
        self._book = PolicyBook(filter(None, map(_organiser, held)), [WITHIN])

    def of(self, placed: PlacedRole) -> timedelta:
        """Return the organiser's own number of days; the default for the whole installation."""
        organiser = _organiser(placed)
        days = self._book.value(organiser, WITHIN, self._today) if organiser else None
        return timedelta(days=int(days or POLICIES[WITHIN].default))


def _organiser(placed: PlacedRole) -> UUID | None:
    """Return the organiser in which a role holds, None for the whole installation."""
    places = (placed.holding.held.scope, *placed.within)
    return next((each.id for each in places if each.kind is ScopeKind.ORGANISER), None)


def _is_alone(actor: Actor, held: Iterable[PlacedRole]) -> bool:
    """Say whether the actor is the only administrator of the whole installation.

    Nobody else goes through that role. Who holds it sees every role, so `held` has the others.
    """
    everywhere = {
        str(each.holding.user_id)
        for each in held
        if each.holding.held.role == ADMINISTRATOR
        and each.holding.held.scope.kind is ScopeKind.EVERYTHING
    }
    return everywhere == {actor.id}


def _row(
    actor: Actor,
    placed: PlacedRole,
    review: tuple[date, str] | None,
    limits: _Limits,
    *,
    alone: bool,
) -> ReviewRow:
    day, name = review or (None, "")
    since = max(day or date.min, placed.holding.held.valid_from)
    own = actor.id == str(placed.holding.user_id)
    mine_alone = own and alone and placed.holding.held.role == ADMINISTRATOR
    return ReviewRow(placed, day, name, since + limits.of(placed), own, mine_alone)
