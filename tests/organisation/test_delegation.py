"""Rektor delegates single tasks to people of the unit, for a time (Skollagen 2 kap. 10 §)."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from provning.accounts.actions import Delegation, assign_role, set_active
from provning.accounts.actions import delegate as delegate_by_office
from provning.accounts.models import DELEGATED, RoleAssignment, User
from provning.accounts.queries import grants_of, offices_of
from provning.accounts.roles import TASKS
from provning.audit.models import AuditEvent
from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.organisation.actions import delegate_task, review_roles, take_role
from provning.organisation.delegations import delegations_for, offices_for
from provning.people.actions import link_account
from tests.builders import PROGRAM, TODAY, Town, account, build_town, recorded
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LAST = TODAY + 30 * DAY
U, OWN = ScopeKind.UNIT, ScopeKind.OWN_GROUPS
EXTRACTS = "delegated_extracts"


def build_unit() -> Town:
    """Make a town whose unit Centrum has a rektor, a teacher and others of other places."""
    town = build_town()
    account("rut", "principal", Scope(U, town.centrum))
    account("lena", "grading_teacher", Scope(OWN, town.centrum))
    account("nils", "internal_provider", Scope(ScopeKind.PROVIDER, town.own))
    account("hanna", "grading_teacher", Scope(OWN, town.hamnen))
    account("vera", "external_provider", Scope(ScopeKind.PROVIDER, town.contracted))
    return town


town = kept(build_unit)


def signed_in(username: str) -> Actor:
    user = User.objects.get(username=username)
    return Actor(str(user.pk), user.name, grants=grants_of(user, TODAY))


def delegate(who: Actor, username: str = "lena", task: str = EXTRACTS, **more: Any) -> Any:
    asked = {"valid_from": TODAY, "valid_to": LAST, "competent": True, "today": TODAY, **more}
    office = offices_of(who, TODAY)[0].id if "office_id" not in more else more["office_id"]
    return delegate_task(actor=who, username=username, task=task, **asked | {"office_id": office})


def codes(who: Actor, *args: Any, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFoundError) as refusal:
        delegate(who, *args, **more)
    return [(problem.code, problem.source) for problem in refusal.value.problems]


def delegated(username: str, days: int = 0) -> list[Grant]:
    user = User.objects.get(username=username)
    return [each for each in grants_of(user, TODAY + days * DAY) if each.delegated_by]


def test_a_task_is_delegated_once_and_gives_its_rights_from_day_to_day(
    town: Town,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    User.objects.filter(username="lena").update(email="lena@sjostad.example")
    rut = signed_in("rut")
    with recorded() as events, django_capture_on_commit_callbacks(execute=True):
        first, second = delegate(rut), delegate(rut)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["lena@sjostad.example"], "Dina roller i Prövning har ändrats")
    ]
    grant = Grant(EXTRACTS, Scope(U, town.centrum), TASKS[EXTRACTS].permissions, "Rut")
    assert (first.pk, events) == (second.pk, ["task_delegated"])
    assert [delegated("lena", days) for days in (-1, 0, 30, 31)] == [[], [grant], [grant], []]
    assert Permission.VIEW_PROTECTED not in grant.permissions
    event = AuditEvent.objects.latest("number")
    facts = json.loads(event.after)
    assert event.name == "task_delegated"
    assert (facts["delegated_by"], facts["task"], facts["law"], facts["valid_to"]) == (
        "Rut",
        EXTRACTS,
        "Förordning (2011:1108) 4 kap. 22 §",
        LAST.isoformat(),
    )
    assert ("unit", str(town.centrum)) in event.links.values_list("kind", "key")


@pytest.mark.usefixtures("town")
def test_what_may_not_be_delegated_is_refused_with_its_source() -> None:
    rut = signed_in("rut")
    assert [codes(rut, task=each) for each in ("view_protected", "delegate", "view_audit")] == [
        [("delegation-protected", "Policy")],
        [("delegation-onward", "Skollagen 2 kap. 10 §")],
        [("delegation-task", "Skollagen 2 kap. 10 §")],
    ]
    assert codes(rut, competent=False, valid_to=None) == [
        ("delegation-competence", "Skollagen 2 kap. 10 §"),
        ("delegation-last-day", "Policy"),
    ]
    assert codes(rut, "rut") == [("role-own", "Policy")]
    assert codes(rut, valid_to=TODAY - DAY) == [("role-dates", "Policy")]
    delegate(rut)
    assert [code for code, _source in codes(rut, valid_to=LAST + DAY)] == ["role-held"]


def test_to_decide_grades_the_account_must_be_a_persons(town: Town) -> None:
    rut = signed_in("rut")
    tasks = ("delegated_decisions", "delegated_corrections")
    assert [codes(rut, task=each) for each in tasks] == [[("delegation-no-person", "Policy")]] * 2
    assert [code for code, _source in codes(rut, "vera", task=tasks[0])] == ["delegation-person"]
    lena = User.objects.get(username="lena")
    link_account(actor=PROGRAM, person_id=town.teacher("Lena").id, user_id=lena.pk)
    assert [delegate(rut, task=each).role for each in tasks] == list(tasks)


def test_nobody_delegates_by_an_office_that_is_another_rektors(town: Town) -> None:
    account("karl", "principal", Scope(U, town.hamnen))
    office = offices_of(signed_in("rut"), TODAY)[0].id
    lena = User.objects.get(username="lena").pk
    asked = Delegation(office, lena, EXTRACTS, TODAY, LAST, competent=True)
    with pytest.raises(NotFoundError):
        delegate_by_office(actor=signed_in("karl"), asked=asked, today=TODAY)
    assert delegated("lena") == []


@pytest.mark.usefixtures("town")
def test_it_goes_to_people_of_the_unit_and_of_others_nothing_is_said() -> None:
    rut = signed_in("rut")
    [office] = offices_for(rut, TODAY)
    assert [each.username for each in office.holders] == ["lena", "nils", "rut"]
    said = [codes(rut, each) for each in ("vera", "hanna", "ingen")]
    assert said == [[("delegation-person", "Skollagen 2 kap. 10 §")]] * 3


def test_only_the_rektor_of_the_place_delegates(town: Town) -> None:
    rut, lena = signed_in("rut"), signed_in("lena")
    office = offices_of(rut, TODAY)[0].id
    delegate(rut)
    for who in (lena, signed_in("lena"), town.administrator):
        with pytest.raises(NotAllowedError):
            delegate(who, "nils", office_id=office)
    olof = account("olof", "principal", Scope(U, town.kompaniet))
    for who in (signed_in(olof.username), town.principal, PROGRAM):
        with pytest.raises(NotFoundError):
            delegate(who, "nils", office_id=office)
    assert RoleAssignment.objects.filter(role__in=DELEGATED).count() == 1


def test_it_is_seen_and_ended_by_rektor_and_lapses_with_rektors_own_role(town: Town) -> None:
    rut, nils = signed_in("rut"), User.objects.get(username="nils")
    link_account(actor=PROGRAM, person_id=town.teacher("Nils").id, user_id=nils.pk)
    held, other = delegate(rut), delegate(rut, "nils", "delegated_corrections")
    rows = [(each.row.username, each.row.task, each.place) for each in delegations_for(rut, TODAY)]
    place = "Vuxenutbildning Sjöstad, Komvux Centrum"
    assert rows == [("nils", "delegated_corrections", place), ("lena", EXTRACTS, place)]
    assert delegations_for(signed_in(account_of_another(town)), TODAY) == []
    take_role(actor=rut, assignment_id=held.pk, last_day=TODAY)
    assert (delegated("lena", 1), len(delegated("nils", 1))) == ([], 1)
    assert review_roles(actor=rut, seen={other.pk: LAST}, today=TODAY) == 1
    RoleAssignment.objects.filter(pk=other.delegated_from_id).update(valid_to=TODAY)
    assert (len(delegated("nils")), delegated("nils", 1)) == (1, [])
    [shown, _ended] = delegations_for(rut, TODAY + DAY)
    assert (shown.row.username, shown.row.lapsed) == ("nils", True)


def account_of_another(town: Town) -> str:
    return account("olof", "principal", Scope(U, town.kompaniet)).username


@pytest.mark.usefixtures("town")
def test_a_closed_rektors_delegations_give_nothing() -> None:
    rut = signed_in("rut")
    delegate(rut)
    set_active(actor=PROGRAM, user_id=UUID(rut.id), active=False)
    assert delegated("lena") == []


@pytest.mark.usefixtures("town")
def test_the_database_holds_a_delegated_task_to_its_rektor_and_its_time() -> None:
    held = delegate(signed_in("rut"))
    for changes in ({"valid_to": None}, {"delegated_from": None}, {"role": "grading_teacher"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleAssignment.objects.filter(pk=held.pk).update(**changes)


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_ask_the_same_whatever_their_length(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rut = signed_in("rut")
    office = RoleAssignment.objects.get(user_id=rut.id, role="principal")
    nils = User.objects.get(username="nils")
    for number in range(count):
        day = TODAY + number * DAY
        RoleAssignment.objects.create(
            user=nils,
            role=EXTRACTS,
            scope_kind=office.scope_kind,
            scope_id=office.scope_id,
            valid_from=day,
            valid_to=day,
            delegated_from=office,
        )
    assign_role(
        actor=PROGRAM,
        user_id=nils.pk,
        role="grade_administrator",
        scope=Scope(U, town.centrum),
        valid_from=TODAY,
    )
    with django_assert_num_queries(3):
        assert len(delegations_for(rut, TODAY)) == count
    with django_assert_num_queries(5):
        assert len(offices_for(rut, TODAY)[0].holders) == 3
    with django_assert_num_queries(1):
        grants_of(nils, TODAY)
