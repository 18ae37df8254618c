"""`provning betyg-xml` and `betygsdokument`: whole files, or the reason there is none."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from provning.audit.models import AuditEvent
from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import Interval, StudentGrades
from provning.cli.main import main
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, Snapshot
from provning.reporting.models import SentExport
from tests.grading.decided import make_stand

pytestmark = pytest.mark.django_db
ALWAYS = ("--from", "2020-01-01", "--to", "2100-01-01")


def test_grades_are_written_for_their_owner_alone_and_the_trail_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_stand()
    out = tmp_path / "betyg.xml"

    assert main(["betyg-xml", *ALWAYS, "--out", str(out)]) == 0

    with out.open("rb") as file:
        parts = list(read_grades(file))
    assert [type(part) for part in parts] == [Interval, StudentGrades, StudentGrades]
    assert capsys.readouterr().out == f"{out}: {out.stat().st_size} byte\n"
    assert out.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [out]
    assert AuditEvent.objects.filter(name="feed_taken_out").count() == 1


def test_a_file_is_kept_as_sent_to_who_is_named_or_reads_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_stand()
    out = tmp_path / "natt.xml"
    for more in ((), ("--receiver", "Skolplattformen")):
        assert main(["betyg-xml", *ALWAYS, *more, "--out", str(out)]) == 0
    capsys.readouterr()
    assert main(["betyg-xml", *ALWAYS, "--receiver", "x" * 201, "--out", str(out)]) == 1
    assert capsys.readouterr().err == "Mottagaren är längre än 200 tecken. Korta den.\n"
    kept = SentExport.objects.order_by("registered_at")
    assert [(each.document_id, each.receiver, each.decisions) for each in kept] == [
        ("natt.xml", "Den som läser natt.xml", 2),
        ("natt.xml", "Skolplattformen", 2),
    ]


def test_a_school_type_that_nobody_has_gives_an_empty_file(tmp_path: Path) -> None:
    make_stand()
    out = tmp_path / "betyg.xml"
    assert main(["betyg-xml", *ALWAYS, "--school-type", "SFI", "--out", str(out)]) == 0
    with out.open("rb") as file:
        assert [type(part) for part in read_grades(file)] == [Interval]


def test_documents_are_an_empty_file_of_the_format(tmp_path: Path) -> None:
    out = tmp_path / "betygsdokument.xml"
    assert main(["betygsdokument", *ALWAYS, "--out", str(out)]) == 0
    with out.open("rb") as file:
        assert [type(part) for part in read_documents(file)] == [Interval]


def test_a_term_is_written_as_a_snapshot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_stand()
    out = tmp_path / "ims.xml"
    assert main(["ims", "--term", "HT26", "--out", str(out)]) == 0
    with out.open("rb") as file:
        parts = list(read_snapshot(file))
    assert [type(part) for part in parts] == [
        Snapshot, *[ImsPerson] * 3, *[ImsGroup] * 2, *[ImsMember] * 4,
    ]  # fmt: skip
    assert main(["ims", "--term", "sommar", "--out", str(out)]) == 1
    assert capsys.readouterr().err.startswith("”sommar”")


def test_what_cannot_be_asked_for_leaves_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "betyg.xml"
    words = ["betyg-xml", "--from", "igår", "--to", "2026-01-01", "--school-type", "KOMVUX"]

    assert main([*words, "--out", str(out)]) == 1

    assert [line.split(" ")[0] for line in capsys.readouterr().err.splitlines()] == [
        "from",
        "schoolType",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    "words", [("betyg-xml", *ALWAYS), ("betygsdokument", *ALWAYS), ("ims", "--term", "HT26")]
)
def test_a_file_that_the_disk_does_not_hold_is_said_and_nobody_has_got_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    make_stand()
    out = tmp_path / "fil.xml"
    out.write_text("gårdagens")
    with no_file_larger_than(100):
        assert main([*words, "--out", str(out)]) == 2
    assert "kan inte skrivas" in capsys.readouterr().err
    assert main([*words, "--out", str(tmp_path)]) == 2
    assert "är en mapp" in capsys.readouterr().err
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [
        ("fil.xml", "gårdagens")
    ]
    told = AuditEvent.objects.filter(name="feed_taken_out")
    assert (SentExport.objects.count(), told.count()) == (0, 0)
    assert main([*words, "--out", str(out)]) == 0
    assert (SentExport.objects.count(), told.count()) == (1, 1)


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Let the system refuse to write more, as a full disk does; Python keeps no half a module."""
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        sys.dont_write_bytecode = kept
