"""Accounts: creating them, signing in, one's own settings."""

import pytest
from django.contrib.auth import authenticate
from pytest_django.fixtures import DjangoAssertNumQueries

from provning.accounts.actions import confirm_password, create_user, record_sign_in, set_preferences
from provning.accounts.models import User
from provning.accounts.queries import accounts, user_by_id, user_by_username
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.kernel.actors import Actor
from provning.kernel.problems import ConflictError, NotAllowedError, ProblemsFoundError
from provning.people.queries import actor_for
from tests.builders import PASSWORD, PROGRAM, TODAY, Town, account, recorded

pytestmark = pytest.mark.django_db


def created(username: str, name: str = "Lena", password: str = PASSWORD) -> User:
    return create_user(actor=PROGRAM, username=username, name=name, password=password, today=TODAY)


def test_an_account_signs_in_with_its_password_and_may_do_nothing_yet() -> None:
    with recorded() as events:
        user = created("  Lena.Öst ", "Lena  Öst")
    assert events == ["user_created"]
    assert authenticate(username="lena.öst", password=PASSWORD) == user
    assert authenticate(username="lena.öst", password=PASSWORD + "x") is None
    assert (user.name, actor_for(user, TODAY).grants) == ("Lena Öst", ())
    assert (user_by_username("lena.öst"), user_by_id(user.id)) == (user, user)


def test_the_trail_never_holds_a_password() -> None:
    user = created("lena")
    event = AuditEvent.objects.get(name="user_created")
    assert PASSWORD not in event.after
    assert user.password not in event.after


@pytest.mark.parametrize(
    ("username", "name", "password", "expected"),
    [
        ("lx", "Lena", PASSWORD, ["username-form"]),
        ("lena ek", "Lena", PASSWORD, ["username-form"]),
        ("lena", " ", PASSWORD, ["user-name-empty"]),
        ("lena", "L" * 201, PASSWORD, ["user-name-long"]),
        ("lena", "Lena", "kort", ["password-short"]),
        ("lena", "Lena", "jag heter LENA!", ["password-username"]),
        ("lena", "Lena", "qwerty123456", ["password-common"]),
        ("", "", "", ["username-form", "user-name-empty", "password-short"]),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_every_reason(
    username: str, name: str, password: str, expected: list[str]
) -> None:
    with pytest.raises(ProblemsFoundError) as refusal, recorded() as events:
        created(username, name, password)
    assert ([problem.code for problem in refusal.value.problems], events) == (expected, [])


def test_a_username_is_one_persons_in_any_case() -> None:
    created("lena")
    with pytest.raises(ConflictError) as conflict:
        created("LENA")
    assert [problem.code for problem in conflict.value.problems] == ["username-taken"]
    assert User.objects.count() == 1


def test_only_who_manages_accounts_creates_them(town: Town) -> None:
    for who in (town.admin, town.centre, town.principal, Actor("x", "Ingen")):
        with pytest.raises(NotAllowedError):
            create_user(actor=who, username="lena", name="L", password=PASSWORD, today=TODAY)
    create_user(actor=town.administrator, username="lena", name="L", password=PASSWORD, today=TODAY)
    assert User.objects.count() == 1


def test_sign_ins_are_in_the_trail_by_username() -> None:
    user = account("lena")
    with recorded() as events:
        record_sign_in(user=user, succeeded=True)
        record_sign_in(user=user, succeeded=False)
        record_sign_in(user=None, succeeded=False)
    assert events == ["signed_in", "sign_in_failed", "sign_in_failed"]
    failed, succeeded = history_of("user", user.id)[:2]
    assert [(each.name, each.actor_name, each.after) for each in (succeeded, failed)] == [
        ("signed_in", "Lena", {"username": "lena"}),
        ("sign_in_failed", "Inloggningen", {"username": "lena"}),
    ]
    unknown = AuditEvent.objects.latest("number")
    assert (unknown.name, unknown.after) == (
        "sign_in_failed",
        '{"username":"ett okänt användarnamn"}',
    )


def test_ones_own_password_confirms_who_one_is_and_leaves_no_trace() -> None:
    user = account("lena")
    with recorded() as events:
        found = confirm_password(actor=actor_for(user, TODAY), user_id=user.id, password=PASSWORD)
    assert (found, events) == ([], [])


def test_a_wrong_password_is_refused_and_stands_in_the_trail() -> None:
    user, wrong = account("lena"), "åtta gröna päron"
    found = confirm_password(actor=actor_for(user, TODAY), user_id=user.id, password=wrong)
    assert [(problem.code, problem.field) for problem in found] == [("password-wrong", "password")]
    event = AuditEvent.objects.latest("number")
    assert (event.name, event.actor_name, event.after) == (
        "password_refused",
        "Lena",
        '{"username":"lena"}',
    )
    assert wrong not in found[0].text


def test_a_closed_account_confirms_nothing() -> None:
    user = account("lena")
    me = actor_for(user, TODAY)
    User.objects.update(is_active=False)
    found = confirm_password(actor=me, user_id=user.id, password=PASSWORD)
    assert [problem.code for problem in found] == ["password-wrong"]


def test_nobody_tries_anothers_password() -> None:
    user, other = account("lena"), account("per")
    with recorded() as events, pytest.raises(NotAllowedError):
        confirm_password(actor=actor_for(other, TODAY), user_id=user.id, password=PASSWORD)
    assert events == []


def test_ones_own_language_and_look_are_kept() -> None:
    user = account("lena")
    me = actor_for(user, TODAY)
    with recorded() as events:
        set_preferences(actor=me, user_id=user.id, language="en")
        set_preferences(actor=me, user_id=user.id, theme="dark")
        set_preferences(actor=me, user_id=user.id, language="en", theme="dark")
    assert events == ["preferences_set", "preferences_set"]
    user.refresh_from_db()
    assert (user.language, user.theme) == ("en", "dark")


def test_nobody_sets_anothers_language_and_nothing_unknown() -> None:
    user = account("lena")
    with pytest.raises(NotAllowedError):
        set_preferences(actor=PROGRAM, user_id=user.id, language="en")
    with pytest.raises(ProblemsFoundError) as refusal:
        set_preferences(actor=actor_for(user, TODAY), user_id=user.id, language="de", theme="pink")
    assert [problem.code for problem in refusal.value.problems] == [
        "language-unknown",
        "theme-unknown",
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_accounts_is_three_queries(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for each in range(number):
        account(f"konto{each}")
    with django_assert_num_queries(3):
        assert len(accounts(town.organiser)) == number
