"""A whole chain written anew holds by itself, and is caught by an end that was noted before."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from pytest_django import Settings

from provning.audit.actions import GENESIS, digest_of, keep_anchor
from provning.audit.anchors import read_head
from provning.audit.guards import install_guards, remove_guards
from provning.audit.models import AuditEvent, ChainAnchor
from provning.audit.queries import Noted, chain_head, verify_chain
from provning.cli import audit
from provning.cli.main import main
from tests.audit.conftest import Trail, record_one
from tests.support.require import required

DAY = date(2026, 11, 25)


def rewrite_from(number: int) -> None:
    """Change an event as who owns the whole file would: every later link is made to fit."""
    remove_guards(connection)
    previous = GENESIS
    for event in AuditEvent.objects.order_by("number"):
        if event.number == number:
            event.after = '{"what":"något annat"}'
        event.previous_digest = previous
        event.digest = previous = digest_of(event)
        event.save()
    install_guards(connection)


@pytest.mark.usefixtures("trail")
def test_a_chain_written_anew_holds_by_itself() -> None:
    rewrite_from(2)
    assert verify_chain().fault == ""


@pytest.mark.usefixtures("trail")
def test_a_chain_written_anew_is_caught_by_the_head_that_was_noted() -> None:
    head = chain_head()
    record_one("efteråt")
    rewrite_from(2)
    fault = "händelse 5 har en annan kontrollsumma än den som antecknades"
    assert (verify_chain(head).broken_at, verify_chain(head).fault) == (5, fault)
    alone = verify_chain(Noted(0, head.digest))
    assert alone.fault == "kontrollsumman som antecknades finns inte i kedjan"


@pytest.mark.usefixtures("trail")
def test_a_chain_written_anew_is_caught_by_the_days_anchor_too() -> None:
    keep_anchor(today=DAY)
    rewrite_from(3)
    assert verify_chain().broken_at == 5


@pytest.mark.usefixtures("trail")
def test_a_head_stays_in_a_chain_that_goes_on() -> None:
    head = chain_head()
    record_one("efteråt")
    assert verify_chain(head).fault == ""
    assert verify_chain(Noted(0, head.digest)).fault == ""


def test_a_day_has_one_anchor_which_nobody_changes(trail: Trail) -> None:
    first, new = keep_anchor(today=DAY)
    record_one("efteråt")
    again, new_again = keep_anchor(today=DAY)
    assert (new, new_again, again) == (True, False, first)
    assert first.digest == trail.events[-1].digest
    with pytest.raises(IntegrityError), transaction.atomic():
        ChainAnchor.objects.update(digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        ChainAnchor.objects.all().delete()


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        ("12:" + "A" * 64, Noted(12, "a" * 64)),
        (" 12 : " + "0f" * 32 + "\n", Noted(12, "0f" * 32)),
        ("0f" * 32, Noted(0, "0f" * 32)),
        ("0f" * 31, None),
        ("12:", None),
        ("x" * 64, None),
    ],
)
def test_a_head_is_read_as_people_write_it(text: str, noted: Noted | None) -> None:
    assert read_head(text) == noted


def test_the_command_tells_keeps_and_mails_the_head(
    trail: Trail, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.TODAY, settings.AUDIT_MAIL = DAY.isoformat(), ["registrator@sjostad.example"]
    assert main(["audit", "head", "--store", "--mail"]) == 0
    head = f"5:{trail.events[-1].digest}"
    assert capsys.readouterr().out == f"{head}\n"
    assert str(ChainAnchor.objects.get(day=DAY)) == head
    [sent] = mail.outbox
    assert (sent.to, sent.subject, head in sent.body) == (
        ["registrator@sjostad.example"],
        f"Händelseloggens kontrollsumma {DAY}",
        True,
    )
    assert main(["audit", "verify", "--head", head]) == 0
    assert main(["audit", "verify", "--head", "5:" + "0" * 64]) == audit.BROKEN
    assert main(["audit", "verify", "--head", "fel"]) == audit.NOT_RUN


def test_without_a_receiver_nothing_is_mailed(
    trail: Trail, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.AUDIT_MAIL = []
    assert main(["audit", "head", "--mail"]) == audit.NOT_RUN
    assert "PROVNING_AUDIT_MAIL" in capsys.readouterr().err
    assert mail.outbox == []
    assert trail.events


@pytest.mark.once("how a page is printed")
def test_the_head_is_printed_as_a_page(
    trail: Trail, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = trail.events[-1].digest
    assert main(["audit", "head", "--out", str(tmp_path / "head.pdf")]) == 0
    assert main(["audit", "head", "--out", str(tmp_path / "head.txt")]) == 0
    assert capsys.readouterr().out == f"5:{digest}\n" * 2
    assert f"--head 5:{digest}" in (tmp_path / "head.txt").read_text("utf-8")
    tool = shutil.which("pdftotext")
    required(tool, "pdftotext is missing: install poppler-utils")
    command = [str(tool), "-layout", str(tmp_path / "head.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert digest in "".join(text.split())
