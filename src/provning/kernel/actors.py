"""Actors: who does something, as a value that outlives the account it came from."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

SYSTEM = "system"
"""The role of programs: what they read on their way is nobody's reading."""


class Permission(StrEnum):
    """What a role may do; every policy asks for one of these within a scope."""

    VIEW_GROUPS = "view_groups"
    EDIT_GROUPS = "edit_groups"
    VIEW_PERSONS = "view_persons"
    PLACE_PERSONS = "place_persons"
    REGISTER_PERSONS = "register_persons"
    VIEW_PROTECTED = "view_protected"
    SEND_REQUESTS = "send_requests"
    HANDLE_REQUESTS = "handle_requests"
    DRAFT_GRADES = "draft_grades"
    DECIDE_GRADES = "decide_grades"
    CORRECT_GRADES = "correct_grades"
    VIEW_CATALOGUES = "view_catalogues"
    MAKE_CATALOGUES = "make_catalogues"
    SEND_DELIVERIES = "send_deliveries"
    RECEIVE_DELIVERIES = "receive_deliveries"
    SIGN_CATALOGUES = "sign_catalogues"
    ISSUE_EXTRACTS = "issue_extracts"
    EXCHANGE_GRADES = "exchange_grades"
    VIEW_REPORTS = "view_reports"
    MAKE_REPORTS = "make_reports"
    MANAGE_ORGANISATION = "manage_organisation"
    MANAGE_ACCOUNTS = "manage_accounts"
    GIVE_ROLES = "give_roles"
    REVIEW_ROLES = "review_roles"
    DELEGATE = "delegate"
    VIEW_AUDIT = "view_audit"
    DISPOSE = "dispose"


class ScopeKind(StrEnum):
    """How far a grant reaches."""

    EVERYTHING = "everything"
    ORGANISER = "organiser"
    PROVIDER = "provider"
    UNIT = "unit"
    OWN_GROUPS = "own_groups"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a grant holds: a kind and the id it points at.

    `id` is None only for EVERYTHING. OWN_GROUPS carries the unit whose groups are the teacher's.
    """

    kind: ScopeKind
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held in one scope, with the permissions the role gives.

    `delegated_by` names the rektor who has delegated the role's task, "" for a role of one's own.
    """

    role: str
    scope: Scope
    permissions: frozenset[Permission]
    delegated_by: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or program behind a write or a read.

    `id` is the account's id as text ("system:rehearse" for programs), `role` the role's code used
    for the audit trail, `person_id` the staff person behind the account, when there is one.
    `opened` are the protected persons, and the documents that speak of such, which somebody at a
    screen has opened and said why; the others are masked or closed whatever the rights. None is a
    program, of which no reason is asked.
    """

    id: str
    name: str
    role: str = ""
    grants: tuple[Grant, ...] = field(default_factory=tuple)
    person_id: UUID | None = None
    opened: frozenset[UUID] | None = None

    def without_opening(self) -> "Actor":
        """Return the actor with all that the rights let them see, as if every reason were given."""
        return replace(self, opened=None)

    def has_opened(self, key: UUID) -> bool:
        """Say whether a document with protected persons is open to the actor; see `opened`."""
        return self.opened is None or key in self.opened

    def may(self, permission: Permission) -> bool:
        """Say whether any grant, in any scope, gives the permission."""
        return any(permission in grant.permissions for grant in self.grants)

    def scopes(self, permission: Permission) -> tuple[Scope, ...]:
        """Return every scope in which the permission is held, in the order of the grants."""
        return tuple(grant.scope for grant in self.grants if permission in grant.permissions)


def system_actor(name: str, code: str) -> Actor:
    """Return an actor for a program (`system:<code>`) that may do everything everywhere."""
    grant = Grant(SYSTEM, Scope(ScopeKind.EVERYTHING), frozenset(Permission))
    return Actor(f"system:{code}", name, SYSTEM, (grant,))
