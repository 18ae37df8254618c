"""Accounts and the roles they hold, each in a scope and for a time."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

DELEGATED = ("delegated_corrections", "delegated_decisions", "delegated_extracts")
"""The codes in `roles.TASKS`, as the database knows them."""


class User(AbstractBaseUser):
    """An account: signs in, holds roles; it is not a person of the register."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="sv")
    theme = models.CharField(max_length=5, blank=True)
    session_epoch = models.PositiveIntegerField(default=0)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        """Name the account's holder."""
        return self.name

    def get_session_auth_hash(self) -> str:
        """Return what a session has to hold: another password or another epoch ends it."""
        return self._get_session_auth_hash()

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("provning.session", value, secret=secret, algorithm="sha256").hexdigest()


class RoleAssignment(models.Model):
    """One role held by one account in one scope, from a day until a day.

    `scope_id` points at an organiser, provider or unit without a foreign key: this room does not
    know those; it is None only for the scope `everything`.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    scope_kind = models.CharField(max_length=12)
    scope_id = models.UUIDField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    delegated_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="delegations"
    )

    class Meta:
        """A role begins once in a scope on a day, and has a scope that fits its kind.

        What rektor has delegated points at rektor's own role, and ends on a day.
        """

        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "scope_kind", "scope_id", "valid_from"),
                name="role_assignment_once",
            ),
            # Databases hold empty scopes to be different, so the widest scope needs its own.
            models.UniqueConstraint(
                fields=("user", "role", "valid_from"),
                condition=Q(scope_id__isnull=True),
                name="role_assignment_everywhere_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="role_assignment_in_order",
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="everything", scope_id__isnull=True)
                | (~Q(scope_kind="everything") & Q(scope_id__isnull=False)),
                name="role_assignment_scope_fits",
            ),
            models.CheckConstraint(
                condition=Q(
                    role__in=DELEGATED, delegated_from__isnull=False, valid_to__isnull=False
                )
                | (~Q(role__in=DELEGATED) & Q(delegated_from__isnull=True)),
                name="role_assignment_delegated_for_a_time",
            ),
        )

    def __str__(self) -> str:
        """Name the role."""
        return f"{self.role} ({self.scope_kind})"


class RoleProposal(models.Model):
    """A role that shows protected persons, proposed by one and decided by another (four eyes).

    It gives nothing until it is approved, and then by a `RoleAssignment` of its own.
    """

    class State(models.TextChoices):
        """How far it has come."""

        PROPOSED = "proposed", "föreslagen"
        APPROVED = "approved", "godkänd"
        REFUSED = "refused", "avslagen"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="proposals")
    role = models.CharField(max_length=40)
    scope_kind = models.CharField(max_length=12)
    scope_id = models.UUIDField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """One open proposal per role; neither proposer nor receiver ever approves."""

        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "scope_kind", "scope_id"),
                condition=Q(state="proposed"),
                name="open_role_proposal_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (
                    Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("proposed_by"))
                    & ~Q(decided_by=F("user"))
                ),
                name="role_proposal_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("user")), name="role_proposal_not_own"
            ),
        )

    def __str__(self) -> str:
        """Name the role."""
        return f"{self.role} ({self.scope_kind})"


class RoleReview(models.Model):
    """That somebody has gone through an assigned role and it stays: insert-only.

    `seen` is what stood on the screen, as JSON: the holder, the role, its place and its days.
    """

    assignment = models.ForeignKey(RoleAssignment, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    seen = models.TextField()

    class Meta:
        """A role is gone through once a day at most."""

        constraints = (
            models.UniqueConstraint(fields=("assignment", "reviewed_on"), name="role_review_once"),
        )

    def __str__(self) -> str:
        """Name the row by its day."""
        return str(self.reviewed_on)


class RoleName(models.Model):
    """What an organiser calls a role: policy data, so that every municipality keeps its words."""

    organiser_id = models.UUIDField()
    role = models.CharField(max_length=40)
    name = models.CharField(max_length=80)

    class Meta:
        """One name per organiser and role."""

        constraints = (
            models.UniqueConstraint(fields=("organiser_id", "role"), name="role_name_once"),
        )

    def __str__(self) -> str:
        """Show the name."""
        return self.name


class IdentityBinding(models.Model):
    """By what an account's holder is known at one identity provider; never by an e-mail address.

    `provider` is the name in the configuration, so that a provider of one organiser never opens
    an account of another's. `value` is an EPPN in small letters or twelve digits.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="bindings")
    provider = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=220)
    bound_at = models.DateTimeField()

    class Meta:
        """One identity of a provider opens one account."""

        constraints = (
            models.UniqueConstraint(
                fields=("provider", "kind", "value"), name="identity_binding_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("eppn", "personal_number")), name="identity_binding_kind"
            ),
        )

    def __str__(self) -> str:
        """Name the provider; the identity itself may be a personnummer."""
        return f"{self.kind} ({self.provider})"


class SignIn(models.Model):
    """One sign-in that goes on or has gone on: whose, since when, how, and in what program.

    `session_key` is the key of Django's session, with which it is ended; it is shown to nobody.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    method = models.CharField(max_length=60)
    user_agent = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        """Name the way in."""
        return self.method
