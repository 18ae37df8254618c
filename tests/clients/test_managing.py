"""Making a client, giving it a new key, and stopping it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from provning.accounts.roles import ROLES
from provning.audit.models import AuditEvent
from provning.clients.actions import revoke_client, rotate_client
from provning.clients.models import ApiClient, ClientSecret, ClientToken
from provning.clients.queries import (
    calls_of,
    client_by_secret,
    client_by_token,
    client_for,
    clients_for,
)
from provning.clients.rows import SecretRow
from provning.clients.secrets import digest
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.builders import PROGRAM, TODAY, actor, recorded
from tests.clients.making import EVERYTHING, NOW, bearer, make_client, row_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOBODY = "64f85de7-566b-473c-9d09-d90d3a9ffade"
HERE, THERE = Scope(ScopeKind.ORGANISER, uuid4()), Scope(ScopeKind.ORGANISER, uuid4())


def limited_administrator(scope: Scope = HERE) -> Actor:
    return actor("system_administrator", ScopeKind.ORGANISER, scope.id)


def test_a_secret_opens_and_only_its_digest_is_kept() -> None:
    made = make_client()
    assert client_by_secret(str(made.client_id), made.secret, NOW) == row_of(made)
    (kept,) = ClientSecret.objects.all()
    assert (kept.digest, made.secret in repr(vars(kept))) == (digest(made.secret), False)


@pytest.mark.parametrize("client_id", ["", "x", NOBODY])
def test_a_secret_with_another_name_opens_nothing(client_id: str) -> None:
    assert client_by_secret(client_id, make_client().secret, NOW) is None


def test_the_trail_tells_what_the_client_sees_and_nothing_of_its_secret() -> None:
    made = make_client(data_classes=["groups", "grades"], reach=[HERE])
    event = AuditEvent.objects.get(name="api_client_created")
    assert f'"organiser:{HERE.id}"' in event.after
    assert '"data_classes":["groups","grades"]' in event.after
    assert made.secret not in event.after


def test_the_same_form_twice_makes_one_client_and_shows_one_secret() -> None:
    submission = uuid4()
    first = make_client(submission=submission)
    second = make_client(submission=submission)
    assert (second.client_id, second.secret) == (first.client_id, "")
    assert ApiClient.objects.count() == 1


def test_everything_wrong_is_told_at_once() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        make_client(
            " ",
            data_classes=[],
            reach=[],
            protected_persons="some",
            calls_per_minute=0,
            certificate_alone=True,
            issuer="x",
            expires_on=TODAY - timedelta(days=1),
        )
    assert [each.code for each in refused.value.problems] == [
        "client-name",
        "client-classes",
        "client-reach",
        "client-protected",
        "client-calls",
        "client-certificate",
        "client-issuer",
        "client-expired",
    ]


def test_a_class_of_data_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        make_client(data_classes=["grades", "salaries"])
    assert [(each.code, each.params["unknown"]) for each in refused.value.problems] == [
        ("client-class-unknown", "salaries")
    ]


def test_two_clients_do_not_share_a_name() -> None:
    make_client("Ping Pong")
    with pytest.raises(ConflictError) as refused:
        make_client("Ping  Pong ")
    assert [each.code for each in refused.value.problems] == ["client-taken"]


def test_a_new_key_holds_beside_the_old_one_for_the_overlap() -> None:
    made = make_client()
    with recorded() as events:
        fresh = rotate_client(
            actor=PROGRAM, client_id=made.client_id, overlap_hours=2, submission=uuid4(), now=NOW
        )
    assert events == ["api_client_rotated"]

    def opens(secret: str, hours: float) -> bool:
        return client_by_secret(str(made.client_id), secret, NOW + hours * HOUR) is not None

    assert [opens(made.secret, 1.9), opens(made.secret, 2)] == [True, False]
    assert [opens(fresh.secret, 0), opens(fresh.secret, 1000)] == [True, True]
    until = NOW + 2 * HOUR
    keys = client_for(PROGRAM, made.client_id).secrets
    assert sorted(keys, key=str) == sorted([SecretRow(NOW, None), SecretRow(NOW, until)], key=str)


def test_a_rotation_never_lengthens_the_life_of_an_old_key() -> None:
    made = make_client()
    for hours in (1, 100):
        rotate_client(
            actor=PROGRAM,
            client_id=made.client_id,
            overlap_hours=hours,
            submission=uuid4(),
            now=NOW,
        )
    assert client_by_secret(str(made.client_id), made.secret, NOW + HOUR) is None


def test_the_same_rotation_twice_gives_one_key() -> None:
    made, submission = make_client(), uuid4()
    secrets = [
        rotate_client(
            actor=PROGRAM, client_id=made.client_id, overlap_hours=0, submission=submission, now=NOW
        ).secret
        for _time in range(2)
    ]
    assert secrets[1] == ""
    assert client_by_secret(str(made.client_id), secrets[0], NOW) is not None
    assert ClientSecret.objects.count() == 2


@pytest.mark.parametrize("hours", [-1, 721])
def test_an_overlap_has_its_bounds(hours: int) -> None:
    made = make_client()
    with pytest.raises(ProblemsFoundError) as refused:
        rotate_client(
            actor=PROGRAM,
            client_id=made.client_id,
            overlap_hours=hours,
            submission=uuid4(),
            now=NOW,
        )
    assert [each.code for each in refused.value.problems] == ["client-overlap"]


def test_a_stopped_client_gets_no_key_and_stays_stopped() -> None:
    made = make_client()
    revoke_client(actor=PROGRAM, client_id=made.client_id, now=NOW)
    again = revoke_client(actor=PROGRAM, client_id=made.client_id, now=NOW + HOUR)
    assert (again.revoked_at, row_of(made).holds_on(TODAY)) == (NOW, False)
    assert AuditEvent.objects.filter(name="api_client_revoked").count() == 1
    with pytest.raises(ProblemsFoundError) as refused:
        rotate_client(
            actor=PROGRAM, client_id=made.client_id, overlap_hours=0, submission=uuid4(), now=NOW
        )
    assert [each.code for each in refused.value.problems] == ["client-revoked"]


def test_a_client_of_another_issuer_has_no_secret_here() -> None:
    made = make_client(issuer="sunet", subject="SE2021004185")
    assert (made.secret, ClientSecret.objects.count()) == ("", 0)
    with pytest.raises(ProblemsFoundError) as refused:
        rotate_client(
            actor=PROGRAM, client_id=made.client_id, overlap_hours=0, submission=uuid4(), now=NOW
        )
    assert [each.code for each in refused.value.problems] == ["client-external"]


def test_what_a_client_sees_cannot_be_changed_in_the_database() -> None:
    made = make_client(data_classes=["groups"])
    for change in (
        {"data_classes": "groups grades"},
        {"protected_persons": "full"},
        {"expires_on": None, "certificate": "other"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ApiClient.objects.filter(pk=made.client_id).update(**change)
    revoke_client(actor=PROGRAM, client_id=made.client_id, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiClient.objects.filter(pk=made.client_id).update(revoked_at=None)
    assert row_of(made).data_classes == ("groups",)


def test_a_token_holds_for_an_hour_and_only_its_digest_is_kept() -> None:
    made = make_client()
    token = bearer(made, ["grades"])["Authorization"].removeprefix("Bearer ")
    (kept,) = ClientToken.objects.all()
    just_before, then = kept.expires_at - timedelta(seconds=1), kept.expires_at
    assert client_by_token(token, just_before) == (row_of(made), ("grades",))
    assert client_by_token(token, then) is None
    assert kept.digest == digest(token)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"system_administrator"}))
def test_nobody_but_the_administrator_makes_or_sees_clients(role: str) -> None:
    somebody = actor(role, ScopeKind.ORGANISER, HERE.id)
    with pytest.raises(NotAllowedError):
        make_client(actor=somebody, reach=[HERE])
    with pytest.raises(NotAllowedError):
        clients_for(somebody)


def test_nobody_but_the_administrator_gives_a_key_or_stops_a_client() -> None:
    made, rektor = make_client(reach=[HERE]), actor("principal", ScopeKind.ORGANISER, HERE.id)
    with pytest.raises(NotAllowedError):
        revoke_client(actor=rektor, client_id=made.client_id, now=NOW)
    with pytest.raises(NotAllowedError):
        rotate_client(
            actor=rektor, client_id=made.client_id, overlap_hours=0, submission=uuid4(), now=NOW
        )
    assert client_by_secret(str(made.client_id), made.secret, NOW) == row_of(made)


def test_a_limited_administrator_lets_no_machine_see_more_than_their_own_place() -> None:
    for reach in ([THERE], [EVERYTHING], [HERE, THERE]):
        with pytest.raises(NotAllowedError):
            make_client(actor=limited_administrator(), reach=reach)
    made = make_client(actor=limited_administrator(), reach=[HERE])
    assert [each.client.id for each in clients_for(limited_administrator())] == [made.client_id]


def test_a_client_of_another_place_does_not_exist_for_a_limited_administrator() -> None:
    made = make_client(reach=[HERE])
    other = limited_administrator(THERE)
    assert clients_for(other) == []
    for ask in (client_for, calls_of):
        with pytest.raises(NotFoundError):
            ask(other, made.client_id)
    with pytest.raises(NotFoundError):
        revoke_client(actor=other, client_id=made.client_id, now=NOW)
    assert row_of(made).revoked_at is None


def test_a_client_reads_as_an_actor_that_only_sees_and_only_in_its_places() -> None:
    marked = row_of(make_client("A", reach=[HERE])).actor
    full = row_of(make_client("B", reach=[HERE], protected_persons="full")).actor
    sees = frozenset({Permission.VIEW_GROUPS, Permission.VIEW_PERSONS, Permission.VIEW_CATALOGUES})
    assert [(grant.scope, grant.permissions) for grant in marked.grants] == [(HERE, sees)]
    assert full.grants[0].permissions == sees | {Permission.VIEW_PROTECTED}
