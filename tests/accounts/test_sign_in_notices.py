"""The holder hears of each change of how their account is signed in to, by a mail of no secrets."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from provning.accounts.actions import (
    add_totp,
    bind_identity,
    change_password,
    new_recovery_codes,
    remove_factor,
    reset_password,
)
from provning.accounts.models import User
from provning.accounts.queries import factors_of
from provning.accounts.sign_in_notices import SUBJECTS, SignInChange, send_sign_in_notice
from provning.kernel.problems import ProblemsFoundError
from provning.people.actions import link_account, set_status
from provning.people.queries import actor_for
from tests.builders import PROGRAM, TODAY, Town, account, official_numbers
from tests.support.second_step import code_of

pytestmark = pytest.mark.django_db
ADDRESS = "lena@sjostad.example"
NUMBER = next(official_numbers())
AT = datetime(2026, 11, 27, 22, 30, tzinfo=UTC).isoformat()
BODY = """Det skedde 2026-11-27 klockan 23.30. Var det du, eller har du bett om det, behöver du \
inte göra något.

Var det inte du? Hör genast av dig till den som sköter konton hos er. Byt sedan lösenord, och \
avsluta alla andra inloggningar, på sidan för ditt konto:

http://127.0.0.1:8000/konto/
"""


@pytest.fixture
def lena(settings: Settings) -> User:
    """Return an account with an address; jobs run when what ordered them is stored."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    user = account("lena")
    user.email = ADDRESS
    user.save()
    return user


def bind(user: User) -> None:
    bind_identity(
        actor=PROGRAM,
        user_id=user.pk,
        provider="sjostad",
        kind="personal_number",
        value=NUMBER,
        today=TODAY,
    )


def test_each_change_of_how_one_signs_in_is_mailed_to_the_holder_once(
    lena: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    me, secret = actor_for(lena, TODAY), generate_totp_secret()
    with django_capture_on_commit_callbacks(execute=True):
        codes = add_totp(actor=me, user_id=lena.pk, secret=secret, code=code_of(secret))
        codes += new_recovery_codes(actor=me, user_id=lena.pk)
        [factor] = factors_of(lena.pk)
        remove_factor(actor=PROGRAM, user_id=lena.pk, factor_id=factor.id)
        changed = change_password(actor=me, user_id=lena.pk, password="fem gröna paraplyer")
        token = default_token_generator.make_token(changed)
        reset_password(user_id=lena.pk, token=token, password="sju blå paraplyer")
        for _twice in range(2):
            bind(lena)
        with pytest.raises(ProblemsFoundError):
            change_password(actor=me, user_id=lena.pk, password="kort")
        assert mail.outbox == []
    assert [each.to for each in mail.outbox] == [[ADDRESS]] * 6
    assert [each.subject for each in mail.outbox] == [
        "Ett andra steg har lagts till på ditt konto i Prövning",
        "Ditt konto i Prövning har fått nya återställningskoder",
        "Ett andra steg har tagits bort från ditt konto i Prövning",
        "Ditt konto i Prövning har fått ett nytt lösenord",
        "Ditt konto i Prövning har fått ett nytt lösenord",
        "Ditt konto i Prövning har fått ett nytt sätt att logga in",
    ]
    sent = "".join(f"{each.subject}{each.body}" for each in mail.outbox)
    hidden = (secret, token, NUMBER, NUMBER[2:8], "paraplyer", "sjostad", "Lena", *codes)
    assert [each for each in hidden if each in sent] == []


def test_the_mail_says_when_and_what_to_do_in_the_language_of_the_account(lena: User) -> None:
    send_sign_in_notice.call(str(lena.pk), "step_added", AT)
    User.objects.update(language="en")
    send_sign_in_notice.call(str(lena.pk), "step_added", AT)
    swedish, english = mail.outbox
    assert (swedish.subject, swedish.body) == (
        "Ett andra steg har lagts till på ditt konto i Prövning",
        BODY,
    )
    assert english.subject == "A second step has been added to your account in Prövning"
    assert str(english.body).startswith("It happened on 2026-11-27 at 23.30. If it was you, or")


def test_no_mail_goes_to_who_has_died_to_a_closed_account_or_to_no_address(
    lena: User, town: Town
) -> None:
    person = town.teacher("Lena")
    link_account(actor=PROGRAM, person_id=person.id, user_id=lena.pk)
    for changes in ({"is_active": False}, {"email": ""}):
        User.objects.update(is_active=True, email=ADDRESS)
        User.objects.update(**changes)
        send_sign_in_notice.call(str(lena.pk), "password_set", AT)
    User.objects.update(is_active=True, email=ADDRESS)
    set_status(
        actor=PROGRAM,
        person_id=person.id,
        status="Avliden",
        status_on=TODAY,
        today=TODAY,
        expected_version=person.version,
    )
    send_sign_in_notice.call(str(lena.pk), "password_set", AT)
    assert mail.outbox == []


def test_every_change_has_its_subject() -> None:
    assert list(SUBJECTS) == list(SignInChange)
