"""Roles given and ended by those who answer for a place."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks, Settings

from provning.accounts.actions import assign_role, create_user
from provning.accounts.models import RoleAssignment, User
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.actions import decide_role, give_role, review_roles, take_role
from provning.organisation.delegations import delegations_for
from provning.organisation.role_places import placed_roles_for, role_places_for
from tests.builders import FIRST, PASSWORD, PROGRAM, TODAY, Town, account, actor, recorded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
P, U, OWN_GROUPS = ScopeKind.PROVIDER, ScopeKind.UNIT, ScopeKind.OWN_GROUPS


@pytest.fixture
def manager(town: Town) -> Actor:
    return actor("internal_provider_manager", P, town.own)


def give(who: Actor, role: str, scope: Scope, username: str = "lena") -> RoleAssignment:
    given = give_role(actor=who, username=username, role=role, scope=scope, valid_from=TODAY)
    assert isinstance(given, RoleAssignment)
    return given


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_the_ansvarig_gives_staff_roles_at_the_provider_and_its_units_alone(
    town: Town, manager: Actor
) -> None:
    account("lena")
    with recorded() as events:
        give(manager, "internal_provider", Scope(P, town.own))
        give(manager, "grading_teacher", Scope(OWN_GROUPS, town.centrum))
        give(manager, "grade_administrator", Scope(U, town.hamnen))
        give(manager, "grade_administrator", Scope(U, town.hamnen))
    assert events == ["role_assigned"] * 3
    for role, scope in (
        ("internal_provider_manager", Scope(P, town.own)),
        ("external_provider", Scope(P, town.own)),
        ("principal", Scope(U, town.centrum)),
        ("adult_education_centre", Scope(ScopeKind.ORGANISER, town.organiser)),
        ("system_administrator", Scope(ScopeKind.EVERYTHING)),
        ("internal_provider", Scope(P, town.contracted)),
        ("grading_teacher", Scope(OWN_GROUPS, town.kompaniet)),
        ("internal_provider", Scope(P, uuid4())),
    ):
        with pytest.raises(NotAllowedError):
            give(manager, role, scope)
    assert RoleAssignment.objects.count() == len(events)


def test_who_gives_and_ends_no_roles_is_told_of_no_account_and_no_role(town: Town) -> None:
    lena = account("lena")
    held = assign_role(
        actor=PROGRAM,
        user_id=lena.pk,
        role="grading_teacher",
        scope=Scope(OWN_GROUPS, town.centrum),
        valid_from=TODAY,
    )
    teacher = actor("grading_teacher", OWN_GROUPS, town.centrum)
    for act in (
        lambda: give(teacher, "grading_teacher", Scope(OWN_GROUPS, town.centrum), "ingen"),
        lambda: take_role(actor=teacher, assignment_id=held.pk, last_day=TODAY),
        lambda: review_roles(actor=teacher, seen={held.pk: None}, today=TODAY),
        lambda: decide_role(actor=teacher, proposal_id=1, approve=False),
        lambda: delegations_for(teacher, TODAY),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_the_central_office_gives_the_providers_ansvariga_alone(town: Town) -> None:
    account("lena")
    give(town.centre, "external_provider_manager", Scope(P, town.contracted))
    for role in ("external_provider", "grading_teacher", "principal"):
        with pytest.raises(NotAllowedError):
            give(town.centre, role, Scope(P, town.contracted))


def test_who_gives_roles_in_one_unit_reads_no_role_beyond_it(town: Town) -> None:
    limited = actor("internal_provider_manager", U, town.centrum)
    account("lena", "internal_provider", Scope(P, town.own))
    account("siv", "grade_administrator", Scope(U, town.centrum))
    account("tor", "grade_administrator", Scope(U, town.hamnen))
    account("ulf", "grading_teacher", Scope(OWN_GROUPS, town.centrum))
    account("vera", "external_provider", Scope(P, town.contracted))
    assert [each.scope for each in role_places_for(limited)] == [Scope(U, town.centrum)]
    assert [each.holding.username for each in placed_roles_for(limited)] == ["siv", "ulf"]


def test_others_roles_are_as_if_they_were_not(town: Town, manager: Actor) -> None:
    user = account("vera", "external_provider", Scope(P, town.contracted))
    own = account("rut", "principal", Scope(U, town.centrum))
    for holder in (user, own):
        found = RoleAssignment.objects.get(user=holder)
        with pytest.raises(NotFoundError):
            take_role(actor=manager, assignment_id=found.pk, last_day=TODAY)
    shown = [(each.holding.username, each.may_end) for each in placed_roles_for(manager)]
    assert shown == [("rut", False)]


def test_nobody_gives_themselves_a_role(town: Town) -> None:
    user = account("lena", "system_administrator", Scope(ScopeKind.EVERYTHING))
    grants = actor("system_administrator", ScopeKind.EVERYTHING).grants
    with pytest.raises(ProblemsFoundError) as refusal:
        give(Actor(str(user.pk), "Lena", grants=grants), "principal", Scope(U, town.centrum))
    assert codes(refusal) == ["role-own"]


def test_a_role_is_given_to_an_account_there_is(town: Town, manager: Actor) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        give(manager, "internal_provider", Scope(P, town.own), "ingen")
    assert codes(refusal) == ["user-unknown"]


def test_an_ended_role_is_not_made_longer(town: Town, manager: Actor) -> None:
    account("lena")
    held = give(manager, "internal_provider", Scope(P, town.own))
    for _twice in range(2):
        take_role(actor=manager, assignment_id=held.pk, last_day=TODAY)
    with pytest.raises(ProblemsFoundError) as refusal:
        take_role(actor=manager, assignment_id=held.pk, last_day=TODAY + DAY)
    assert codes(refusal) == ["role-ends-earlier"]


def test_who_saw_another_last_day_is_told_of_the_change(town: Town, manager: Actor) -> None:
    account("lena")
    held = give(manager, "internal_provider", Scope(P, town.own))
    take_role(actor=manager, assignment_id=held.pk, last_day=TODAY + DAY, seen=(None,))
    with pytest.raises(ConflictError) as refusal:
        take_role(actor=manager, assignment_id=held.pk, last_day=TODAY, seen=(None,))
    assert codes(refusal) == ["changed-meanwhile"]
    held.refresh_from_db()
    assert held.valid_to == TODAY + DAY


def test_the_last_who_gives_roles_is_ended_only_on_purpose(town: Town) -> None:
    scope = Scope(P, town.own)
    first, second = (
        RoleAssignment.objects.get(user=account(name, "internal_provider_manager", scope))
        for name in ("lena", "siv")
    )
    take_role(actor=town.centre, assignment_id=first.pk, last_day=TODAY)
    with pytest.raises(ProblemsFoundError) as refusal:
        take_role(actor=town.centre, assignment_id=second.pk, last_day=TODAY)
    assert codes(refusal) == ["role-last"]
    take_role(actor=town.centre, assignment_id=second.pk, last_day=TODAY, leaves_none=True)
    second.refresh_from_db()
    assert second.valid_to == TODAY


def test_the_last_of_the_whole_system_stays() -> None:
    scope = Scope(ScopeKind.EVERYTHING)
    held = RoleAssignment.objects.get(user=account("lena", "system_administrator", scope))
    with pytest.raises(ProblemsFoundError) as refusal:
        take_role(actor=PROGRAM, assignment_id=held.pk, last_day=TODAY, leaves_none=True)
    assert codes(refusal) == ["role-last-of-all"]


@pytest.fixture
def reachable() -> Iterator[User]:
    made = create_user(
        actor=PROGRAM,
        username="lena",
        name="Lena",
        password=PASSWORD,
        email="lena@example.org",
        today=TODAY,
    )
    mail.outbox.clear()
    yield made
    mail.outbox.clear()


@pytest.mark.usefixtures("reachable")
def test_the_holder_hears_of_each_change_once_by_a_mail_that_names_neither_role_nor_place(
    town: Town,
    manager: Actor,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            held = give(manager, "internal_provider", Scope(P, town.own))
        for _twice in range(2):
            take_role(actor=manager, assignment_id=held.pk, last_day=TODAY)
        assert mail.outbox == []
    assert [(each.to, each.subject, each.body) for each in mail.outbox] == [
        (
            ["lena@example.org"],
            "Dina roller i Prövning har ändrats",
            "Logga in för att se dem: http://127.0.0.1:8000/\n",
        )
    ] * 2


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_as_many_questions_whatever_its_length(
    town: Town, manager: Actor, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = account("lena")
    for number in range(count):
        RoleAssignment.objects.create(
            user=user,
            role="internal_provider",
            scope_kind=P,
            scope_id=town.own,
            valid_from=FIRST + number * DAY,
        )
    with django_assert_num_queries(5):
        assert len(placed_roles_for(manager)) == count


def test_a_right_in_two_places_gives_in_each_only_what_it_gives_there(town: Town) -> None:
    account("lena")
    both = Actor(
        "x",
        "Två",
        grants=(
            *actor("internal_provider_manager", P, town.own).grants,
            *actor("external_provider_manager", P, town.contracted).grants,
            Grant("principal", Scope(U, town.kompaniet), frozenset()),
        ),
    )
    give(both, "external_provider", Scope(P, town.contracted))
    with pytest.raises(NotAllowedError):
        give(both, "external_provider", Scope(P, town.own))
