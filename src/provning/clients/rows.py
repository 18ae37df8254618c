"""Clients as they are read."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from provning.clients.models import ApiClient
from provning.kernel.actors import Actor, Grant, Permission, Scope

SEES = frozenset({Permission.VIEW_GROUPS, Permission.VIEW_PERSONS, Permission.VIEW_CATALOGUES})
ROLE = "api_client"


@dataclass(frozen=True, slots=True)
class WayIn:
    """How a client shows who it is beside its secret; as in `ApiClient`, empty asks for nothing."""

    certificate: str = ""
    certificate_alone: bool = False
    issuer: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SecretRow:
    """A key of a client, by its times alone."""

    created_at: datetime
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client: what it may see, how it shows who it is, and whether it still may."""

    id: UUID
    name: str
    data_classes: tuple[str, ...]
    reach: tuple[Scope, ...]
    protected_persons: str
    certificate: str
    certificate_alone: bool
    issuer: str
    subject: str
    calls_per_minute: int
    created_at: datetime
    expires_on: date | None
    revoked_at: datetime | None

    @property
    def client_id(self) -> str:
        """Return the id as the protocol of tokens writes it."""
        return str(self.id)

    def holds_on(self, day: date) -> bool:
        """Say whether the client may still call on the day, which is its last at the latest."""
        return self.revoked_at is None and day <= (self.expires_on or date.max)

    @property
    def hides_protected(self) -> bool:
        """Say whether persons with a protected identity are as if they did not exist."""
        return self.protected_persons == ApiClient.ProtectedPersons.HIDDEN

    @property
    def sees_protected(self) -> bool:
        """Say whether the client sees names and numbers of protected persons too."""
        return self.protected_persons == ApiClient.ProtectedPersons.FULL

    @property
    def actor(self) -> Actor:
        """Return the client as whoever reads: with rights in its places, and to see alone."""
        extra = frozenset({Permission.VIEW_PROTECTED}) if self.sees_protected else frozenset()
        grants = tuple(Grant(ROLE, scope, SEES | extra) for scope in self.reach)
        return Actor(f"client:{self.id}", self.name, ROLE, grants)


@dataclass(frozen=True, slots=True)
class ClientDetails:
    """A client as its administrator meets it."""

    client: ClientRow
    secrets: tuple[SecretRow, ...]
    last_called_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call of a client."""

    at: datetime
    address: str
    method: str
    path: str
    filters: str
    status: int | None


@dataclass(frozen=True, slots=True)
class MadeClient:
    """A client made, or given a new key: the secret is nowhere else, and "" the second time."""

    client_id: UUID
    name: str
    secret: str
