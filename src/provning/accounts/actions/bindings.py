"""Binding an account to what its holder is called at an identity provider."""

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from provning.accounts import events, policies, rules
from provning.accounts.actions.reached import reached
from provning.accounts.actions.sessions import end_all
from provning.accounts.identities import Identity, masked
from provning.accounts.models import IdentityBinding, User
from provning.accounts.sign_in_notices import SignInChange, tell_of_sign_in
from provning.audit.actions import record
from provning.audit.conflicts import refused_as
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.problems import NotFoundError, refuse_if


@transaction.atomic
def bind_identity(
    *,
    actor: Actor,
    user_id: UUID,
    provider: str,
    kind: str,
    value: str,
    scopes: frozenset[str] = frozenset(),
    today: date,
    within: Collection[Scope] = (),
) -> IdentityBinding:
    """Let an identity of a provider open an account; `scopes` are the provider's own for EPPN.

    Bound already to the same account, nothing changes. `within` as in `reached`.
    """
    user = reached(actor, user_id, within)
    identity, problems = rules.identity_to_bind(kind, value, scopes, today)
    refuse_if(problems)
    found = IdentityBinding.objects.filter(
        user=user, provider=provider, kind=identity.kind, value=identity.value
    ).first()
    if found:
        return found
    binding = IdentityBinding(
        user=user,
        provider=provider,
        kind=identity.kind,
        value=identity.value,
        bound_at=datetime.now(UTC),
    )
    with refused_as(rules.identity_taken()):
        binding.save(force_insert=True)
    _record(events.IDENTITY_BOUND, actor, user, provider, identity)
    tell_of_sign_in(user, SignInChange.IDENTITY_BOUND)
    return binding


@transaction.atomic
def unbind_identity(*, actor: Actor, binding_id: int, within: Collection[Scope] = ()) -> None:
    """Take an identity from an account, and end what was signed in with it.

    `within` as in `reached`.
    """
    policies.require(actor, Permission.MANAGE_ACCOUNTS)
    binding = IdentityBinding.objects.select_for_update().filter(pk=binding_id).first()
    if binding is None:
        raise NotFoundError
    user = reached(actor, binding.user_id, within)
    identity = Identity(rules.IdentityKind(binding.kind), binding.value)
    provider = binding.provider
    IdentityBinding.objects.filter(pk=binding_id).delete()
    end_all(user)
    _record(events.IDENTITY_UNBOUND, actor, user, provider, identity)


def _record(name: str, actor: Actor, user: User, provider: str, identity: Identity) -> None:
    """Tell the trail, a personnummer without its last digits."""
    record(
        name,
        actor=actor,
        subjects=[("user", user.pk)],
        after={
            "username": user.username,
            "provider": provider,
            "identity": masked(identity.kind, identity.value),
        },
    )
