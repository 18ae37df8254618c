"""Subscriptions, reports, and when subscribers are told."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from provning.audit.models import AuditEvent
from provning.clients.actions import revoke_client
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.people.models import Person
from provning.publishing.actions import (
    dispose_reports,
    renew,
    report,
    subscribe,
    tell_subscribers,
    unsubscribe,
)
from provning.publishing.actions.subscribing import MOST
from provning.publishing.actions.telling import WAITS
from provning.publishing.disposal import reports_to_dispose
from provning.publishing.models import ClientReport, Subscription
from provning.publishing.queries import SubscriptionRow, subscription_of, subscriptions_of
from provning.publishing.viewer import Viewer
from tests.api.ss12000.world import settled
from tests.builders import PROGRAM, Town, build_town
from tests.clients.making import make_client, row_of

pytestmark = pytest.mark.django_db
TARGET = "https://example.com/ss12000"


def now() -> datetime:
    return datetime.now(UTC)


def viewer(name: str = "Skolplattformen") -> Viewer:
    client = row_of(make_client(name))
    return Viewer(client, frozenset(client.data_classes))


def subscribed(who: Viewer, *types: str, at: datetime | None = None) -> SubscriptionRow:
    wanted = [{"resource": each} for each in types or ("Person",)]
    return subscribe(viewer=who, name="Nya", target=TARGET, resource_types=wanted, now=at or now())


class Listener:
    """A subscriber that keeps what it is told, and answers as it is asked to."""

    def __init__(self, fault: str = "") -> None:
        """Answer with a fault, or with none."""
        self.fault = fault
        self.told: list[Mapping[str, Any]] = []

    def __call__(self, target: str, _key: str, body: Mapping[str, Any], _now: datetime) -> str:
        """Take a call."""
        assert target == TARGET
        self.told.append(body)
        return self.fault


def written(town: Town, name: str = "Ny") -> Person:
    person = town.person(name, "Person")
    settled()
    return person


def test_a_subscription_holds_for_thirty_days_and_can_be_renewed() -> None:
    who, at = viewer(), now()
    made = subscribed(who, "Person", "Grade", at=at)
    assert (made.resource_types, made.expires_at) == (("Person", "Grade"), at + timedelta(days=30))
    later = at + timedelta(days=29)
    assert renew(viewer=who, key=made.id, now=later).expires_at == later + timedelta(days=30)
    with pytest.raises(NotFoundError):
        subscription_of(who, made.id, later + timedelta(days=31))


def test_a_client_reaches_its_own_subscriptions_alone() -> None:
    one, other = viewer("A"), viewer("B")
    made = subscribed(one)
    assert subscriptions_of(other, now(), None, 10) == []
    for act in (renew, unsubscribe):
        with pytest.raises(NotFoundError):
            act(viewer=other, key=made.id, now=now())
    with pytest.raises(NotFoundError):
        subscription_of(other, made.id, now())
    assert subscriptions_of(one, now(), None, 10) == [made]


def test_who_subscribes_and_ceases_stands_in_the_trail() -> None:
    who = viewer()
    made = subscribed(who)
    unsubscribe(viewer=who, key=made.id, now=now())
    assert Subscription.objects.count() == 0
    events = AuditEvent.objects.filter(name__startswith="ss12000").order_by("number")
    assert [(each.name, each.actor_id) for each in events] == [
        ("ss12000_subscribed", f"client:{who.client.id}"),
        ("ss12000_unsubscribed", f"client:{who.client.id}"),
    ]


def test_a_client_has_so_many_subscriptions_and_no_more() -> None:
    who = viewer()
    for _number in range(MOST):
        subscribed(who)
    with pytest.raises(ProblemsFoundError) as refused:
        subscribed(who)
    assert [each.code for each in refused.value.problems] == ["subscription-many"]


@pytest.mark.parametrize(
    "target",
    ["", None, 3, "x", "ftp://example.com", "https://", "https://a@example.com/", "https://["],
)
@pytest.mark.parametrize("types", [None, [], "Person", ["Persons"], [{"resource": "X"}], [3], [{}]])
def test_everything_wrong_with_a_subscription_is_told_at_once(target: Any, types: Any) -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        subscribe(viewer=viewer(), name="", target=target, resource_types=types, now=now())
    assert [each.code for each in refused.value.problems] == [
        "subscription-name",
        "subscription-target",
        "subscription-types",
    ]


def test_everything_wrong_with_a_report_is_told_at_once() -> None:
    wrong = {
        "message": "",
        "severityLevel": "Fatal",
        "resourceType": "X",
        "timeOfOccurance": "yesterday",
        "resourceId": "x",
        "newCount": "1",
        "updatedCount": True,
    }
    who, codes = viewer(), []
    for kind in ClientReport.Kind.values:
        with pytest.raises(ProblemsFoundError) as refused:
            report(viewer=who, kind=kind, content=wrong, now=now())
        codes.append([each.code for each in refused.value.problems])
    common = ["report-type", "report-moment", "report-resource"]
    assert codes == [
        ["report-message", "report-level", *common],
        ["report-count"] * 3 + common,
    ]
    assert ClientReport.objects.count() == 0


def test_a_report_is_kept_with_the_fields_of_the_standard_until_its_day() -> None:
    who = viewer()
    content = {"message": "Fel", "severityLevel": "Error", "else": "x"}
    report(viewer=who, kind=ClientReport.Kind.LOG, content=content, now=now())
    (kept,) = ClientReport.objects.all()
    assert kept.content == '{"message": "Fel", "severityLevel": "Error"}'
    far = date(9000, 1, 1)
    (old,) = reports_to_dispose(far)
    assert reports_to_dispose(date(2020, 1, 1)) == []
    assert dispose_reports(actor=PROGRAM, before=far, keys=[old.key]) == 1


def test_a_subscriber_is_told_once_of_what_it_asked_for() -> None:
    town, listener = build_town(), Listener()
    settled()
    subscribed(viewer(), "Person", "Grade")
    assert tell_subscribers(now=now(), send=listener) == 0
    written(town)
    written(town)
    assert [tell_subscribers(now=now(), send=listener) for _time in range(2)] == [1, 0]
    assert listener.told == [{"modifiedEntites": ["Person"], "deletedEntities": False}]


def test_what_nobody_asked_for_is_told_nobody() -> None:
    town, listener = build_town(), Listener()
    settled()
    subscribed(viewer(), "Grade")
    written(town)
    assert tell_subscribers(now=now(), send=listener) == 0


def test_what_failed_is_tried_later_and_tells_all_that_has_changed_since() -> None:
    town, listener = build_town(), Listener("HTTP 500")
    settled()
    subscribed(viewer())
    written(town)
    at = now()
    assert tell_subscribers(now=at, send=listener) == 1
    held = Subscription.objects.get()
    assert (held.attempts, held.next_try_at, held.last_answer) == (1, at + WAITS[0], "HTTP 500")
    written(town)
    assert tell_subscribers(now=at + WAITS[0] - timedelta(seconds=1), send=listener) == 0
    listener.fault = ""
    assert tell_subscribers(now=at + WAITS[0], send=listener) == 1
    held.refresh_from_db()
    assert (held.attempts, held.next_try_at, held.last_answer) == (0, None, "")
    assert tell_subscribers(now=at + timedelta(days=1), send=listener) == 0
    assert len(listener.told) == 2


def test_the_waits_grow_and_the_last_one_stays() -> None:
    town, listener, at = build_town(), Listener("x"), now()
    settled()
    subscribed(viewer())
    written(town)
    waits = []
    for _try in range(len(WAITS) + 2):
        assert tell_subscribers(now=at, send=listener) == 1
        next_try = Subscription.objects.get().next_try_at
        assert next_try is not None
        waits.append(next_try - at)
        at = next_try
    assert waits == [*WAITS, WAITS[-1], WAITS[-1]]


def test_a_stopped_client_and_one_whose_subscription_ran_out_are_told_nothing() -> None:
    town, listener = build_town(), Listener()
    settled()
    stopped = viewer("A")
    subscribed(stopped)
    subscribed(viewer("B"))
    revoke_client(actor=PROGRAM, client_id=stopped.client.id, now=now())
    written(town)
    assert tell_subscribers(now=now() + timedelta(days=31), send=listener) == 0
    assert tell_subscribers(now=now(), send=listener) == 1
