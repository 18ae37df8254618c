"""Reminders of deliveries: who is due gets a day and a link, once for each last day."""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks as Commits
from pytest_django import Settings

from provning.accounts.models import RoleAssignment, User
from provning.archive.actions import remind_of_deliveries
from provning.archive.models import DeliveryReminder
from provning.archive.tasks import send_reminder
from provning.audit.models import AuditEvent
from provning.cli.main import main
from provning.kernel.actors import system_actor
from tests.archive.world import SENT, Shelf, shelf
from tests.builders import recorded
from tests.grading import world
from tests.grading.world import AFTER_TERM, SINCE

pytestmark = pytest.mark.django_db
PROGRAM = system_actor("Prövning", "reminder")
YEARS_END = date(2026, 12, 31)
DUE = YEARS_END + timedelta(days=60)
FIRST_DAY = DUE - timedelta(days=14)
BACKEND = "django_tasks.backends.immediate.ImmediateBackend"


class DeadServer(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: object) -> int:
        raise SMTPServerDisconnected(str(email_messages))


@pytest.fixture(autouse=True)
def jobs_at_once(settings: Settings) -> None:
    """Run jobs when they are queued."""
    settings.TASKS = {"default": {"BACKEND": BACKEND}}
    settings.PUBLIC_ADDRESS = "https://provning.example"


def account(
    name: str, role: str, kind: str, place: UUID | None, *, to: date | None = None, **more: object
) -> User:
    """Store an account with one role and an address."""
    facts = {"name": name, "email": f"{name}@sjostad.example", **more}
    user = User.objects.create(username=f"{name}-{uuid4().hex[:6]}", **facts)
    RoleAssignment.objects.create(
        user=user, role=role, scope_kind=kind, scope_id=place, valid_from=SINCE, valid_to=to
    )
    return user


@pytest.fixture
def stage() -> Shelf:
    """Return a unit whose year is to be delivered, with accounts on both sides and others."""
    stage = shelf([world.person("Ada", "Hemligsson")])
    stage.print()
    unit, organiser = stage.graded.town.unit, stage.graded.town.organiser
    account("rektor", "principal", "unit", unit.pk)
    account("personal", "internal_provider", "provider", unit.provider_id)
    account("centrum", "adult_education_centre", "organiser", organiser.pk)
    account("granne", "external_provider", "provider", stage.graded.town.other_unit.provider_id)
    account("slutat", "principal", "unit", unit.pk, to=SINCE)
    account("stängt", "principal", "unit", unit.pk, is_active=False)
    account("utan", "principal", "unit", unit.pk, email="")
    account("lararen", "grading_teacher", "own_groups", unit.pk)
    account("drift", "system_administrator", "everything", None)
    return stage


def remind(commits: Commits, today: date) -> list[str]:
    """Remind, and return to whom mail went."""
    mail.outbox.clear()
    with commits(execute=True):
        remind_of_deliveries(actor=PROGRAM, today=today)
    return sorted(address for each in mail.outbox for address in each.to)


PROVIDERS_SIDE = ["personal@sjostad.example", "rektor@sjostad.example"]


@pytest.mark.usefixtures("stage")
def test_the_senders_are_reminded_from_the_first_day_and_only_once(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    commits = django_capture_on_commit_callbacks
    assert remind(commits, FIRST_DAY - timedelta(days=1)) == []

    assert remind(commits, FIRST_DAY) == PROVIDERS_SIDE

    for day in (FIRST_DAY, FIRST_DAY + timedelta(days=1), DUE + timedelta(days=30)):
        assert remind(commits, day) == []
    (kept,) = DeliveryReminder.objects.all()
    assert (kept.side, kept.due, kept.recipients, kept.year, kept.season) == (
        "provider",
        DUE,
        2,
        2026,
        "",
    )


@pytest.mark.usefixtures("stage")
def test_the_mail_holds_a_day_and_a_link_and_nothing_of_whom(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    remind(django_capture_on_commit_callbacks, FIRST_DAY)

    first = mail.outbox[0]
    assert first.subject == f"Påminnelse: betygskataloger ska skickas senast {DUE}"
    assert first.body == "https://provning.example/leveranser/\n"
    # Not the head as it is sent: its Message-ID has digits by chance.
    whole = "".join(f"{each.subject}{each.body}{each.to}{each.from_email}" for each in mail.outbox)
    assert [word for word in ("Hemligsson", "Ada", "Wallgren", "1989") if word in whole] == []
    assert [len(each.to) for each in mail.outbox] == [1, 1]


def test_what_is_sent_is_the_centres_turn_with_a_day_of_its_own(
    stage: Shelf, django_capture_on_commit_callbacks: Commits
) -> None:
    delivery = stage.prepare()
    stage.send(delivery)

    assert remind(django_capture_on_commit_callbacks, SENT + timedelta(days=6)) == []
    assert remind(django_capture_on_commit_callbacks, SENT + timedelta(days=7)) == [
        "centrum@sjostad.example"
    ]
    last_day = SENT + timedelta(days=21)
    assert [each.subject for each in mail.outbox] == [
        f"Påminnelse: en leverans av betygskataloger ska tas emot senast {last_day}"
    ]

    stage.receive(delivery)
    assert remind(django_capture_on_commit_callbacks, DUE + timedelta(days=99)) == []


def test_custom_says_how_long_before_and_a_new_last_day_is_reminded_of_anew(
    stage: Shelf, django_capture_on_commit_callbacks: Commits
) -> None:
    stage.custom("remind_days", 30)
    assert remind(django_capture_on_commit_callbacks, DUE - timedelta(days=30)) == PROVIDERS_SIDE
    stage.custom("deliver_within_days", 90)
    assert remind(django_capture_on_commit_callbacks, DUE) == PROVIDERS_SIDE
    assert list(DeliveryReminder.objects.order_by("due").values_list("due", flat=True)) == [
        DUE,
        DUE + timedelta(days=30),
    ]


def test_where_nobody_can_be_reached_nothing_is_kept_so_that_the_next_day_tries_again(
    stage: Shelf, django_capture_on_commit_callbacks: Commits
) -> None:
    User.objects.update(email="")
    assert remind(django_capture_on_commit_callbacks, FIRST_DAY) == []
    assert not DeliveryReminder.objects.exists()

    account("sent", "principal", "unit", stage.unit_id)
    assert remind(django_capture_on_commit_callbacks, FIRST_DAY) == ["sent@sjostad.example"]


@pytest.mark.usefixtures("stage")
def test_the_trail_tells_what_was_reminded_of_and_no_address(
    django_capture_on_commit_callbacks: Commits,
) -> None:
    with recorded() as events:
        remind(django_capture_on_commit_callbacks, FIRST_DAY)

    assert events == ["delivery_reminded"]
    event = AuditEvent.objects.latest("number")
    assert ('"count":2' in event.after, str(DUE) in event.after) == (True, True)
    assert "sjostad.example" not in event.after + event.subjects + event.before


@pytest.mark.usefixtures("stage")
def test_a_dead_mail_server_delays_the_mail_and_the_reminder_stays(
    django_capture_on_commit_callbacks: Commits, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    remind(django_capture_on_commit_callbacks, FIRST_DAY)
    reminder, rektor = DeliveryReminder.objects.get(), User.objects.get(name="rektor")
    queued = list(DBTaskResult.objects.values_list("args_kwargs", flat=True))
    assert sorted(str(each["args"][0]) for each in queued) == [str(reminder.pk)] * 2

    send_reminder.call(str(reminder.pk), str(rektor.pk))

    queued = list(DBTaskResult.objects.values_list("args_kwargs", flat=True))
    assert [each["args"] for each in queued if len(each["args"]) > 2] == [
        [str(reminder.pk), str(rektor.pk), 1]
    ]


@pytest.mark.usefixtures("stage")
def test_the_command_says_what_it_did(
    capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.TODAY = AFTER_TERM.isoformat()
    assert main(["archive", "remind"]) == 0
    assert capsys.readouterr().out == "Ingen behöver påminnas i dag.\n"

    settings.TODAY = DUE.isoformat()
    assert main(["archive", "remind"]) == 0
    assert capsys.readouterr().out == f"Komvux Centrum, senast {DUE}: 2 konton påminns\n"
