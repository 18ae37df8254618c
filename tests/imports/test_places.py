"""A right at one place says nothing of a file that was brought in for another."""

from uuid import UUID

from provning.imports.models import StagedImport
from provning.imports.policies import holds_at
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind

OURS, THEIRS, ORGANISER = (UUID(int=number) for number in (1, 2, 3))
SEE = Permission.VIEW_PROTECTED


def holder(kind: ScopeKind, place: UUID | None) -> Actor:
    """Return somebody who may see protected persons at one place."""
    return Actor("a", "A", "", (Grant("role", Scope(kind, place), frozenset({SEE})),))


def test_who_sees_protected_persons_elsewhere_does_not_see_those_of_the_file() -> None:
    staged = StagedImport(organiser_id=ORGANISER, provider_id=OURS)
    asked = [
        (ScopeKind.EVERYTHING, None),
        (ScopeKind.ORGANISER, ORGANISER),
        (ScopeKind.PROVIDER, OURS),
        (ScopeKind.PROVIDER, THEIRS),
        (ScopeKind.ORGANISER, THEIRS),
        (ScopeKind.UNIT, OURS),
    ]
    found = [holds_at(holder(*each), SEE, staged) for each in asked]
    assert found == [True, True, True, False, False, False]
