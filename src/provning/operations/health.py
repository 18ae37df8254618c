"""The state of the installation for a screen: the same findings as `provning doctor`."""

from datetime import datetime

from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.operations.checks import Finding, diagnose


def rows(actor: Actor, now: datetime) -> list[Finding]:
    """Return every finding, in the reader's language; none for who does not answer for all of it.

    That is who manages the organisation everywhere: findings name folders and units of all.
    """
    scopes = actor.scopes(Permission.MANAGE_ORGANISATION)
    everywhere = any(scope.kind is ScopeKind.EVERYTHING for scope in scopes)
    return list(diagnose(now)) if everywhere else []
