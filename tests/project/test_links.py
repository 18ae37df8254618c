"""Every link from one of the project's documents to another file leads somewhere."""

import re
from pathlib import Path

import pytest

from tests.project.test_files import files
from tools.python_source import ROOT

LINK = re.compile(r"\]\(([^)\s]+)\)")
DOCUMENTS = [path for path in files() if path.suffix == ".md"]
HEAVIEST_PICTURE = 200_000


def local_links(document: Path) -> list[str]:
    """Return what a document links to in this project, without the place within a file."""
    found = LINK.findall(document.read_text("utf-8"))
    return [link.split("#")[0] for link in found if "://" not in link and not link.startswith("#")]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_links_to_is_there(document: Path) -> None:
    missing = [link for link in local_links(document) if not (document.parent / link).exists()]
    assert missing == []


def test_links_are_found_where_there_are_some() -> None:
    assert local_links(ROOT / "README.md")[:2] == ["docs/shots/overview.png", "docs/settings.md"]


def test_pictures_are_light() -> None:
    heavy = {path: path.stat().st_size for path in (ROOT / "docs" / "shots").glob("*.png")}
    assert heavy
    assert {path: size for path, size in heavy.items() if size > HEAVIEST_PICTURE} == {}
