"""Each finding, brought about by breaking what it looks at; and what is said when nothing is."""

import socketserver
import threading
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from provning.accounts.models import RoleAssignment
from provning.audit.guards import remove_guards
from provning.audit.models import AuditEvent
from provning.kernel.actors import Grant, Permission, Scope, ScopeKind, system_actor
from provning.kernel.terms import Term
from provning.operations import health
from provning.operations.actions import beat, take_backup
from provning.operations.checks import (
    Condition,
    Finding,
    activity,
    configured,
    diagnose,
    machine,
    readiness,
    stored,
)
from provning.organisation.actions import set_policy
from provning.organisation.models import TermCalendar, UnitInitials
from provning.publishing.tasks import tell
from tests.builders import FIRST, Town, account, actor, build_town
from tests.support.kept import kept

town = kept(build_town)
Pairs = list[tuple[str, str]]


def said(found: Iterable[Finding]) -> Pairs:
    """Return code and level of each finding; what is not well must say what to do."""
    listed = list(found)
    assert [each for each in listed if (each.level is not Condition.OK) != bool(each.remedy)] == []
    assert all(each.text for each in listed)
    return [(each.code, each.level.value) for each in listed]


def now() -> datetime:
    return datetime.now(UTC)


# The machine


def test_an_old_python(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(machine.python()) == [("python", "ok")]
    monkeypatch.setattr(machine, "LEAST_PYTHON", (9, 0))
    assert said(machine.python()) == [("python", "fault")]


def test_a_folder_that_is_not_there(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "missing"
    assert said(machine.folders()) == [("folder", "fault")]


@pytest.mark.parametrize("name", ["", "secret-key", "backups", "signing/keys/root.key"])
def test_what_others_may_read(settings: Settings, tmp_path: Path, name: str) -> None:
    settings.DATA_DIR = tmp_path
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.BACKUP_DIR = tmp_path / "backups"
    tmp_path.chmod(0o700)
    path = tmp_path / name
    if name:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    assert said(machine.folders()) == [("folder", "ok")] if name else True
    path.chmod(0o755)
    [finding] = machine.folders()
    assert (finding.code, finding.level) == ("folder_rights", Condition.FAULT)
    assert finding.remedy.endswith(f"chmod go-rwx {path}")


@pytest.mark.parametrize(("name", "level"), [("FULL", "fault"), ("NEARLY_FULL", "warning")])
def test_a_full_disk(
    settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    level: str,
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(machine, "FULL", 0)
    monkeypatch.setattr(machine, "NEARLY_FULL", 0)
    assert said(machine.disk()) == [("disk", "ok")]
    monkeypatch.setattr(machine, name, 10**18)
    assert said(machine.disk()) == [("disk", level)]


def test_fonts_that_did_not_come_along(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert said(machine.fonts()) == [("fonts", "ok")]
    monkeypatch.setattr(machine, "FONTS", tmp_path)
    assert said(machine.fonts()) == [("fonts", "fault")]


@pytest.mark.usefixtures("town")
def test_a_clock_that_is_behind() -> None:
    assert said(machine.clock(now())) == [("clock", "ok")]
    assert said(machine.clock(now() - timedelta(days=1))) == [("clock", "fault")]


# The settings


@pytest.mark.parametrize(
    ("key", "level"), [("unsafe-key-for-the-demo", "fault"), ("x" * 49, "fault"), ("x" * 50, "ok")]
)
def test_the_secret_key(settings: Settings, key: str, level: str) -> None:
    settings.SECRET_KEY = key
    assert said(configured.secret_key()) == [("secret_key", level)]


def test_debugging(settings: Settings) -> None:
    assert said(configured.debugging()) == []
    settings.DEBUG = True
    assert said(configured.debugging()) == [("debug", "fault")]


@pytest.mark.parametrize(
    ("address", "https", "hosts", "expected"),
    [
        ("http://127.0.0.1:8000", False, ["127.0.0.1"], ("https", "warning")),
        ("http://provning.example.se", False, ["provning.example.se"], ("https", "fault")),
        ("https://provning.example.se", False, ["provning.example.se"], ("https", "fault")),
        ("http://provning.example.se", True, ["provning.example.se"], ("https", "fault")),
        ("https://provning.example.se", True, ["localhost"], ("hosts", "fault")),
        ("https://provning.example.se", True, ["provning.example.se"], ("https", "ok")),
        ("https://provning.example.se", True, [".example.se"], ("https", "ok")),
    ],
)
def test_the_way_to_the_program(
    settings: Settings,
    address: str,
    https: bool,
    hosts: list[str],
    expected: tuple[str, str],
) -> None:
    settings.PUBLIC_ADDRESS, settings.HTTPS, settings.ALLOWED_HOSTS = address, https, hosts
    assert said(configured.encryption()) == [expected]


class Greeter(socketserver.StreamRequestHandler):
    """Answers as a mail server does, to everything."""

    def handle(self) -> None:
        self.wfile.write(b"220 mail.example.se\r\n")
        for line in self.rfile:
            self.wfile.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n")


@pytest.fixture
def mail_port() -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Greeter) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_mail(settings: Settings, mail_port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert said(configured.mail()) == [("mail", "warning")]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_port
    assert said(configured.mail()) == [("mail", "ok")]
    settings.EMAIL_PORT = 1
    assert said(configured.mail()) == [("mail", "fault")]


def test_backups_that_are_not_sealed(settings: Settings) -> None:
    settings.BACKUP_KEY = ""
    assert said(configured.sealing()) == [("backup_key", "warning")]
    settings.BACKUP_KEY = "x" * 44
    assert said(configured.sealing()) == [("backup_key", "ok")]


# What is stored


@pytest.mark.django_db
def test_an_old_database(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(stored.version()) == [("database_version", "ok")]
    monkeypatch.setattr(stored, "LEAST_SQLITE", (99, 0))
    monkeypatch.setattr(stored, "LEAST_POSTGRESQL", 99)
    assert said(stored.version()) == [("database_version", "fault")]


@pytest.mark.once("only SQLite has pragmas")
@pytest.mark.django_db(transaction=True)
def test_a_sqlite_that_may_lose_something() -> None:
    assert said(stored.pragmas()) == []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    found = said(stored.pragmas())
    connection.close()
    assert found == [("pragma", "fault")]


@pytest.mark.django_db
def test_tables_that_are_older_or_newer() -> None:
    assert said(stored.migrations()) == [("migrations", "ok")]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'operations'")
    assert said(stored.migrations()) == [("migrations", "fault")]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('exams', '0999_x', %s)",
            [now()],
        )
    assert said(stored.migrations()) == [("newer", "fault"), ("migrations", "fault")]
    assert [(code, level) for code, level in said(diagnose(now())) if level == "fault"][-2:] == [
        ("newer", "fault"),
        ("migrations", "fault"),
    ]


@pytest.mark.usefixtures("town")
def test_a_trail_that_somebody_has_changed() -> None:
    assert said(stored.trail()) == [("trail", "ok")]
    remove_guards(connection)
    assert said(stored.trail()) == [("trail", "fault")]
    last = AuditEvent.objects.order_by("-number")[:1]
    AuditEvent.objects.filter(pk=last[0].pk).update(reason="ändrad")
    [finding] = stored.trail()
    assert "ändrad: innehållet svarar inte mot sin kontrollsumma" in finding.text


# What goes on


@pytest.mark.django_db
def test_nobody_takes_the_jobs() -> None:
    assert said(activity.worker(now())) == [("worker", "fault")]
    beat(worker="a", started_at=now(), now=now())
    assert said(activity.worker(now())) == [("worker", "ok")]
    assert said(activity.worker(now() + timedelta(minutes=3))) == [("worker", "fault")]


@pytest.mark.django_db
def test_jobs_that_wait_and_jobs_that_failed() -> None:
    def job(status: TaskResultStatus, **facts: datetime) -> None:
        made = DBTaskResult.objects.create(
            task_path=tell.module_path,
            args_kwargs={"args": [], "kwargs": {}},
            status=status,
            backend_name="default",
            exception_class_path="",
            traceback="",
            **{"run_after": now() - timedelta(hours=1), **facts},
        )
        DBTaskResult.objects.filter(pk=made.pk).update(enqueued_at=now() - timedelta(hours=1))

    assert said(activity.jobs(now())) == [("jobs", "ok")]
    job(TaskResultStatus.READY, run_after=now() + timedelta(hours=1))
    job(TaskResultStatus.FAILED, finished_at=now() - timedelta(days=2))
    assert said(activity.jobs(now())) == [("jobs", "ok")]
    job(TaskResultStatus.READY)
    job(TaskResultStatus.FAILED, finished_at=now())
    assert said(activity.jobs(now())) == [("jobs_late", "fault"), ("jobs_failed", "warning")]


@pytest.mark.django_db
def test_backups_and_their_age(tmp_path: Path) -> None:
    assert said(activity.backups(now())) == [("backup", "fault")]
    take_backup(
        actor=system_actor("x", "x"), path=tmp_path / "a", key="", files={}, now=timezone.now()
    )
    assert said(activity.backups(now())) == [("backup", "ok")]
    assert said(activity.backups(now() + timedelta(days=2))) == [("backup", "warning")]


@pytest.mark.django_db
def test_an_installation_without_an_organiser() -> None:
    assert said(activity.organisation(now())) == [("organiser", "warning")]


@pytest.fixture
def furnished(town: Town) -> Town:
    """Return the town with all that the organisation needs."""
    user = account("sysadm", "system_administrator", Scope(ScopeKind.EVERYTHING))
    assert user.assignments.update(valid_from=now().date()) == 1
    set_policy(
        actor=town.administrator,
        organiser_id=town.organiser,
        key="requests_mail_to",
        value="vux@sjostad.example",
        valid_from=FIRST,
    )
    term = Term.of(now().date())
    for provider in (town.own, town.contracted):
        TermCalendar.objects.update_or_create(
            provider_id=provider,
            year=term.year,
            season=term.season.value,
            defaults={"first_day": term.first_day, "last_day": term.last_day},
        )
    return town


def no_administrator(_town: Town) -> None:
    RoleAssignment.objects.filter(role="system_administrator").update(
        valid_from=FIRST, valid_to=FIRST
    )


def no_other_to_review(_town: Town) -> None:
    RoleAssignment.objects.filter(role="system_administrator").update(valid_from=FIRST)


def no_initials(town: Town) -> None:
    UnitInitials.objects.filter(unit_id=town.hamnen).delete()


def no_calendar(town: Town) -> None:
    TermCalendar.objects.filter(provider_id=town.contracted).delete()


def nobodys_account(town: Town) -> None:
    account("karin", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    account("lena", "internal_provider", Scope(ScopeKind.PROVIDER, town.own))


@pytest.mark.usefixtures("furnished")
def test_a_furnished_organisation_is_well() -> None:
    assert said(activity.organisation(now())) == []


@pytest.mark.parametrize(
    ("breaking", "expected"),
    [
        (no_administrator, ("administrator", "fault")),
        (no_other_to_review, ("review", "warning")),
        (no_initials, ("initials", "warning")),
        (no_calendar, ("calendar", "warning")),
        (nobodys_account, ("accounts_without_person", "warning")),
    ],
)
def test_what_an_organisation_lacks(
    furnished: Town, breaking: Callable[[Town], None], expected: tuple[str, str]
) -> None:
    breaking(furnished)
    assert said(activity.organisation(now())) == [expected]


@pytest.mark.usefixtures("town")
def test_a_policy_that_nobody_has_decided() -> None:
    assert ("policies", "warning") in said(activity.organisation(now()))


# Together


@pytest.mark.django_db
def test_readiness_is_what_a_request_needs(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert said_codes(readiness(now())) == ["database", "migrations", "worker", "disk"]


def said_codes(found: list[Finding]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.django_db
def test_only_who_answers_for_everything_reads_the_findings() -> None:
    whole = actor("system_administrator", ScopeKind.EVERYTHING)
    part = Grant(
        "x", Scope(ScopeKind.ORGANISER, uuid4()), frozenset({Permission.MANAGE_ORGANISATION})
    )
    assert health.rows(whole, now())
    assert health.rows(type(whole)("x", "x", "x", (part,)), now()) == []
