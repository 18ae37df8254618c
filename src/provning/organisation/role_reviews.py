"""The yearly review of roles: who has which role where, who went through it last, and when next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from provning.accounts.queries import holdings_at, last_reviews, reviewers_at
from provning.kernel.actors import Actor, ScopeKind
from provning.organisation.policies_data import POLICIES, PolicyKey
from provning.organisation.queries import PolicyBook
from provning.organisation.role_places import EVERYWHERE, PlacedRole, placed_roles_for

ADMINISTRATOR = "system_administrator"
WITHIN = PolicyKey.REVIEW_ROLES_WITHIN_DAYS


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One role that somebody holds, and the last day to go through it.

    `reviewed_on` is None until the first review, which is counted from the role's first day. `own`
    is the reader's own role, which somebody else goes through; `alone` says that nobody else can,
    so that nobody is late with it: what is lacking is another who reviews.
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
        """Say whether somebody is late: the last day has gone by, and there is who can review."""
        return self.due < today and not self.alone


def roles_to_review(actor: Actor, today: date) -> list[ReviewRow]:
    """Return the roles held today that the actor reviews, the most urgent first.

    Eight queries, and one for each of the actor's own roles.
    """
    held = [
        each
        for each in placed_roles_for(actor)
        if each.may_end and each.holding.held.holds_on(today)
    ]
    reviews = last_reviews([each.holding.held.id for each in held])
    limits = _Limits(held, today)
    rows = [_row(actor, each, reviews.get(each.holding.held.id), limits, today) for each in held]
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


def lone_administrator_due(today: date) -> date | None:
    """Return the day by which the only administrator's role was to be gone through.

    None while there are several, or none. For who looks after the installation: no actor, no scope.
    """
    who = reviewers_at(ADMINISTRATOR, {EVERYWHERE}, today)
    if len(who) != 1:
        return None
    held = [
        each.held
        for each in holdings_at([EVERYWHERE])
        if each.user_id in who and each.held.role == ADMINISTRATOR and each.held.holds_on(today)
    ]
    reviews = last_reviews([each.id for each in held])
    days = timedelta(days=int(POLICIES[WITHIN].default))
    return min(
        max(reviews.get(each.id, (date.min, ""))[0], each.valid_from) + days for each in held
    )


def _row(
    actor: Actor,
    placed: PlacedRole,
    review: tuple[date, str] | None,
    limits: _Limits,
    today: date,
) -> ReviewRow:
    day, name = review or (None, "")
    since = max(day or date.min, placed.holding.held.valid_from)
    own = actor.id == str(placed.holding.user_id)
    alone = own and not _others(placed, today)
    return ReviewRow(placed, day, name, since + limits.of(placed), own, alone)


def _others(placed: PlacedRole, today: date) -> set[UUID]:
    """Return who else goes through the role; one query."""
    held = placed.holding.held
    reached = {held.scope, *placed.within, EVERYWHERE}
    return reviewers_at(held.role, reached, today) - {placed.holding.user_id}
