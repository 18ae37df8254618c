"""The pages of the XML interfaces: their files are what is read and written, their lines run."""

import io
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.writing import document_pieces, grade_pieces
from provning.cli.main import main
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson
from provning.feeds.ims.writing import snapshot_pieces
from tests.clients.making import bearer, make_client
from tests.grading.decided import make_stand
from tools.python_source import ROOT

PAGES = ("betyg-xml", "betygsdokument", "ims")
FILE = re.compile(r"```xml (\S+)\n(.*?)```", re.DOTALL)
ADDRESS = re.compile(r'"http://127\.0\.0\.1:8000(/api/[^"]+)"')


def page(name: str) -> str:
    return (ROOT / "docs" / "interfaces" / f"{name}.md").read_text("utf-8")


def example(name: str) -> bytes:
    [(_file, text)] = FILE.findall(page(name))
    return str(text).encode()


def again(parts: list[Any], write: Callable[..., Iterable[bytes]]) -> bytes:
    return b"".join(write(parts[0], parts[1:]))


def snapshot_again(parts: list[Any]) -> bytes:
    persons = [each for each in parts if isinstance(each, ImsPerson)]
    groups = [each for each in parts if isinstance(each, ImsGroup)]
    members = [each for each in parts if isinstance(each, ImsMember)]
    return b"".join(snapshot_pieces(parts[0], persons, groups, members))


def test_the_files_on_the_pages_are_what_is_written_from_what_is_read_in_them() -> None:
    betyg, documents, ims = (example(name) for name in PAGES)
    assert again(list(read_grades(io.BytesIO(betyg))), grade_pieces) == betyg
    assert again(list(read_documents(io.BytesIO(documents))), document_pieces) == documents
    assert snapshot_again(list(read_snapshot(io.BytesIO(ims)))) == ims


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_the_commands_on_a_page_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_stand()
    monkeypatch.chdir(tmp_path)
    lines = [line for line in page(name).splitlines() if line.startswith("./prov ")]
    statuses = [main(shlex.split(line)[1:]) for line in lines]
    assert statuses == [0] * len(lines)
    assert [path.name for path in tmp_path.iterdir()] == [f"{name.removesuffix('-xml')}.xml"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["betyg-xml", "betygsdokument"])
def test_the_addresses_on_a_page_answer(name: str, client: Client) -> None:
    made = make_client()
    addresses = ADDRESS.findall(page(name))
    answers = [client.get(each, headers=bearer(made)).status_code for each in addresses]
    assert answers == [200] * len(addresses)
    assert addresses
