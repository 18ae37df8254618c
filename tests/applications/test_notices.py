"""The notice by e-mail: after the commit, without a personal datum, and never in the way."""

from dataclasses import replace
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits
from pytest_django import Settings

from provning.accounts.actions import create_user
from provning.accounts.mailing import WAITS
from provning.applications.models import RegistrationRequest
from provning.applications.tasks import Notice, send_notice
from provning.organisation.actions import set_policy
from tests.applications.requests import NUMBER, Asked
from tests.exams.world import MAIL, PROGRAM, TODAY


class DeadServer(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: object) -> int:
        raise SMTPServerDisconnected(str(email_messages))


@pytest.fixture
def at_once(settings: Settings) -> None:
    """Run jobs when they are queued."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def queued(settings: Settings) -> None:
    """Keep jobs in the database until a worker takes them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.mark.usefixtures("at_once")
def test_the_centre_is_told_with_a_link_and_nothing_about_the_person(
    asked: Asked,
    django_capture_on_commit_callbacks: Commits,
    settings: Settings,
) -> None:
    settings.PUBLIC_ADDRESS = "https://provning.example"
    with django_capture_on_commit_callbacks(execute=True):
        request = asked.send()
    sent = mail.outbox[0]
    assert sent.to == [MAIL]
    assert sent.subject == "Ny begäran om registrering inför prövning"
    assert sent.body == f"https://provning.example/begaran/{request.id}/\n"
    whole = sent.message().as_string()
    assert not any(word in whole for word in (NUMBER, NUMBER[2:], "Kaj", "Hellstr", "PRÖ"))


@pytest.mark.usefixtures("at_once")
def test_nothing_is_sent_before_the_request_is_stored(asked: Asked) -> None:
    with transaction.atomic():
        asked.send()
        assert mail.outbox == []


@pytest.mark.usefixtures("at_once")
def test_question_refusal_and_registration_go_to_who_asked_and_the_answer_to_the_centre(
    asked: Asked, django_capture_on_commit_callbacks: Commits
) -> None:
    user = create_user(
        actor=PROGRAM,
        username="lena",
        name="Lena",
        password="åtta röda äpplen",
        email="lena@sjostad.example",
        today=TODAY,
    )
    lena = replace(asked.world.admin, id=str(user.id), name="Lena")
    first = asked.send(actor=lena)
    second = asked.send("197905252388", actor=lena)
    with django_capture_on_commit_callbacks(execute=True):
        asked.register(asked.answer(asked.ask(first)))
        asked.refuse(second)
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (["lena@sjostad.example"], "Fråga om din begäran om registrering inför prövning"),
        ([MAIL], "Svar på fråga om registrering inför prövning"),
        (["lena@sjostad.example"], "Din begäran om registrering inför prövning är klar"),
        (["lena@sjostad.example"], "Din begäran om registrering inför prövning är avslagen"),
    ]


@pytest.mark.usefixtures("at_once")
def test_without_an_address_nothing_is_sent(
    asked: Asked, django_capture_on_commit_callbacks: Commits
) -> None:
    set_policy(
        actor=PROGRAM,
        organiser_id=asked.world.town.organiser,
        key="requests_mail_to",
        value="",
        valid_from=TODAY,
    )
    with django_capture_on_commit_callbacks(execute=True):
        asked.refuse(asked.send())
    assert mail.outbox == []


@pytest.mark.usefixtures("queued")
def test_the_job_is_queued_with_ids_only(
    asked: Asked, django_capture_on_commit_callbacks: Commits
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        request = asked.send()
    job = DBTaskResult.objects.get()
    assert job.args_kwargs == {"args": [str(request.id), "SENT", "2026-11-24"], "kwargs": {}}


@pytest.mark.usefixtures("queued")
def test_a_dead_mail_server_delays_the_notice_and_leaves_the_request_alone(
    asked: Asked, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    request = asked.send()
    send_notice.call(str(request.id), Notice.SENT.name, TODAY.isoformat())
    retry = DBTaskResult.objects.get()
    assert retry.args_kwargs["args"] == [str(request.id), "SENT", "2026-11-24", 1]
    assert retry.run_after is not None
    stored = RegistrationRequest.objects.get()
    assert (stored.status, stored.version) == ("sent", 1)


@pytest.mark.usefixtures("queued")
def test_after_the_last_attempt_the_job_fails_where_it_is_seen(
    asked: Asked, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    request = asked.send()
    with pytest.raises(SMTPServerDisconnected):
        send_notice.call(str(request.id), Notice.SENT.name, TODAY.isoformat(), len(WAITS))
    assert DBTaskResult.objects.count() == 0


@pytest.mark.usefixtures("at_once")
def test_a_job_that_fails_at_once_does_not_reach_who_sent_the_request(
    asked: Asked,
    settings: Settings,
    django_capture_on_commit_callbacks: Commits,
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    with django_capture_on_commit_callbacks(execute=True):
        request = asked.send()
    assert RegistrationRequest.objects.get().id == request.id
