"""Clients of the machine interfaces, their secrets and tokens, and the calls they have made."""

import uuid

from django.db import models
from django.db.models import F, Q


class ApiClient(models.Model):
    """A program that may call. What it sees is settled when it is made, and never changes.

    Only digests of secrets are kept. `data_classes` are `scopes.CODES`, separated by spaces.
    `certificate` is what the proxy says of the client's certificate, "" when none is asked for;
    `certificate_alone` lets it in without a token. `issuer` and `subject` name a client whose
    tokens somebody else issues (the setting `PROVNING_TOKEN_ISSUERS`).
    """

    class ProtectedPersons(models.TextChoices):
        """What the client sees of persons with a protected identity."""

        HIDDEN = "hidden", "visas inte alls"
        MARKED = "marked", "visas utan namn och nummer"
        FULL = "full", "visas med namn och nummer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    data_classes = models.CharField(max_length=400)
    protected_persons = models.CharField(max_length=6, choices=ProtectedPersons.choices)
    certificate = models.CharField(max_length=400, blank=True)
    certificate_alone = models.BooleanField(default=False)
    issuer = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    calls_per_minute = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        """A certificate, and an issuer's subject, is one client's."""

        constraints = (
            models.UniqueConstraint(
                fields=("issuer", "subject"),
                condition=~Q(issuer=""),
                name="api_client_subject_once",
            ),
            models.UniqueConstraint(
                fields=("certificate",),
                condition=Q(certificate_alone=True),
                name="api_client_certificate_once",
            ),
            models.CheckConstraint(
                condition=Q(certificate_alone=False) | ~Q(certificate=""),
                name="api_client_alone_has_certificate",
            ),
            models.CheckConstraint(
                condition=Q(issuer="", subject="") | (~Q(issuer="") & ~Q(subject="")),
                name="api_client_issuer_and_subject",
            ),
        )

    def __str__(self) -> str:
        """Name the client."""
        return self.name


class ClientReach(models.Model):
    """Whose data a client sees: an organiser's, a provider's, a unit's, or everything.

    `scope_id` has no foreign key: this room does not know the organisation.
    """

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="reach")
    scope_kind = models.CharField(max_length=12)
    scope_id = models.UUIDField(null=True, blank=True)

    class Meta:
        """A place is named once, and only everything has no id."""

        constraints = (
            models.UniqueConstraint(
                fields=("client", "scope_kind", "scope_id"), name="client_reach_once"
            ),
            models.CheckConstraint(
                condition=Q(scope_kind="everything", scope_id__isnull=True)
                | (~Q(scope_kind="everything") & Q(scope_id__isnull=False)),
                name="client_reach_fits",
            ),
        )

    def __str__(self) -> str:
        """Name the kind."""
        return self.scope_kind


class ClientSecret(models.Model):
    """A key that a client gets tokens with, as SHA-256; two hold at once while keys are rotated."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="secrets")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(unique=True)

    class Meta:
        """A key does not end before it begins."""

        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("created_at")),
                name="client_secret_in_order",
            ),
        )

    def __str__(self) -> str:
        """Name the row by its client."""
        return str(self.client_id)


class ClientToken(models.Model):
    """A token that was issued and holds for an hour, as SHA-256."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    data_classes = models.CharField(max_length=400)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Name the row by its client."""
        return str(self.client_id)


class ClientCall(models.Model):
    """One call: who, from where, on what, and how it was answered; `client` is None for nobody.

    `path` is without its question: filters hold identity numbers, so of them only `filters`, their
    names, are kept. `status` is None while the call is being answered.
    """

    client = models.ForeignKey(
        ApiClient, on_delete=models.PROTECT, null=True, blank=True, related_name="calls"
    )
    at = models.DateTimeField(db_index=True)
    address = models.CharField(max_length=60)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=300)
    filters = models.CharField(max_length=400, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        """Found by client and time for the limit, by address and time for what is refused."""

        indexes = (
            models.Index(fields=("client", "at"), name="client_call_limit"),
            models.Index(fields=("address", "at"), name="client_call_refused"),
        )

    def __str__(self) -> str:
        """Name the call."""
        return f"{self.method} {self.path}"
