"""Passwords: hard to guess, changed with every sign-in ended, and replaced by a neutral mail."""

import re

import pytest
from django.core import mail
from django.utils.http import urlsafe_base64_decode
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from provning.accounts import rules
from provning.accounts.actions import (
    begin_session,
    change_password,
    create_user,
    order_password_reset,
    reset_password,
)
from provning.accounts.models import SignIn, User
from provning.accounts.rules import password_problems
from provning.audit.queries import history_of
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.queries import actor_for
from tests.builders import PASSWORD, PROGRAM, TODAY, account, recorded

OWN = ("Lena Sandström", "lena.s@sjostad.example")


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("x" * 11, "password-short"),
        ("å!B4" * 51, "password-long"),
        ("ekorren-LENA.ek-42", "password-username"),
        ("sandström & söner", "password-own"),
        ("brev till sjostad 7", "password-own"),
        ("qwerty123456", "password-common"),
        ("aaaaaaaaaaaaaaaa", "password-common"),
        ("Sommar2026!!!", "password-common"),
        ("Hemligt-Lösenord-1", "password-common"),
        ("123123123123123456", "password-common"),
    ],
)
def test_a_password_that_is_easy_to_guess_or_too_long_is_refused(password: str, code: str) -> None:
    assert [each.code for each in password_problems(password, "lena.ek", OWN)] == [code]


@pytest.mark.parametrize("password", [PASSWORD, "fem gröna paraplyer", "k7#pQ2!vZ9$m"])
def test_a_password_nobody_guesses_is_taken(password: str) -> None:
    assert password_problems(password, "lena.ek", OWN) == []


@given(st.text(max_size=260))
def test_any_text_is_judged_and_never_repeated(password: str) -> None:
    found = password_problems(password, "lena.ek", OWN)
    assert all(password not in each.text for each in found if len(password) > 3)
    assert bool(found) or 12 <= len(password) <= 200


def changed(user: User, password: str) -> User:
    return change_password(actor=actor_for(user, TODAY), user_id=user.pk, password=password)


@pytest.mark.django_db
def test_another_password_ends_every_sign_in_and_stands_in_the_trail_without_itself() -> None:
    user = account("lena")
    begin_session(user=user, session_key="a" * 32, method="password", user_agent="")
    before = user.get_session_auth_hash()
    with recorded() as events:
        user = changed(user, "fem gröna paraplyer")
    assert events == ["password_changed"]
    assert user.check_password("fem gröna paraplyer")
    assert (SignIn.objects.count(), user.get_session_auth_hash() != before) == (0, True)
    assert history_of("user", user.pk)[0].after == {"username": "lena"}


@pytest.mark.django_db
def test_nobody_changes_anothers_password() -> None:
    with pytest.raises(NotAllowedError):
        change_password(
            actor=actor_for(account("nils"), TODAY),
            user_id=account("lena").pk,
            password="fem gröna paraplyer",
        )


@pytest.mark.django_db
def test_a_new_password_is_judged_as_the_first_was() -> None:
    user = account("lena")
    with pytest.raises(ProblemsFoundError) as refused:
        changed(user, "kort")
    assert [each.code for each in refused.value.problems] == ["password-short"]


def with_address(*, password: str | None = PASSWORD) -> User:
    return create_user(
        actor=PROGRAM,
        username="lena",
        name="Lena",
        password=password,
        email="lena@sjostad.example",
        today=TODAY,
    )


def link(settings: Settings, capture: DjangoCaptureOnCommitCallbacks, username: str) -> list[str]:
    """Ask for a new password, and return the parts of the link in each mail that went out."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with capture(execute=True):
        order_password_reset(username=username)
    return [part for each in mail.outbox for part in re.findall(r"losenord/(\S+)/", str(each.body))]


@pytest.mark.django_db
def test_a_link_in_a_mail_without_any_name_gives_a_new_password_once(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = with_address()
    with recorded() as events:
        [path] = link(settings, django_capture_on_commit_callbacks, " LENA ")
    assert events == ["password_reset_asked"]
    event = history_of("user", user.pk)[0]
    assert (event.actor_name, event.after) == ("Inloggningen", {"username": "lena"})
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["lena@sjostad.example"], "Nytt lösenord")
    assert "Lena" not in f"{sent.subject}{sent.body}"
    code, token = path.split("/")
    assert urlsafe_base64_decode(code).decode() == str(user.pk)
    reset_password(user_id=user.pk, token=token, password="fem gröna paraplyer")
    user.refresh_from_db()
    assert user.check_password("fem gröna paraplyer")
    with pytest.raises(NotFoundError):
        reset_password(user_id=user.pk, token=token, password="sju blå paraplyer")


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["unknown", "closed", "no password"])
def test_no_mail_goes_to_who_has_no_password_to_forget(
    which: str,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with_address(password=None if which == "no password" else PASSWORD)
    if which == "closed":
        User.objects.update(is_active=False)
    asked = "nils" if which == "unknown" else "lena"
    with recorded() as events:
        assert link(settings, django_capture_on_commit_callbacks, asked) == []
    assert (events, mail.outbox) == ([], [])


@pytest.mark.django_db
def test_no_link_goes_out_before_it_stands_in_the_trail_that_it_was_asked_for(
    settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    user = with_address()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with django_capture_on_commit_callbacks(execute=True):
        order_password_reset(username="lena")
        assert DBTaskResult.objects.count() == 0
    job = DBTaskResult.objects.get()
    assert (job.task_path, job.args_kwargs) == (
        "provning.accounts.tasks.send_reset",
        {"args": [str(user.pk)], "kwargs": {}},
    )


def test_an_account_may_have_no_password_at_all() -> None:
    assert rules.user_problems("lena", "Lena", None) == []
