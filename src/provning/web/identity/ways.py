"""The ways in that an installation offers beside the password: its identity providers."""

from django.conf import settings

from provning.accounts.providers import IdentityProvider, providers
from provning.kernel.problems import NotFoundError


def ways_in() -> tuple[IdentityProvider, ...]:
    """Return the identity providers, in the order of the file."""
    return providers(settings.IDENTITY_PROVIDERS)


def way_named(name: str, protocol: str = "") -> IdentityProvider:
    """Return one provider; raises `NotFoundError`."""
    for each in ways_in():
        if each.name == name and protocol in {"", each.protocol}:
            return each
    raise NotFoundError
