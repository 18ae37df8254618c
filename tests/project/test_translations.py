"""Everything on screen has its English, with the same parts to fill in."""

import re
import string
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message

from tools.messages import COMPILED, collected, compiled, is_translated, stored
from tools.python_source import ROOT

PERCENT_PART = re.compile(r"%\((\w+)\)[sd]|%[sd]")


@cache
def catalogue() -> Catalog:
    """Return the stored catalogue."""
    return stored()


def messages() -> list[Message]:
    """Return every text of the stored catalogue."""
    return [message for message in catalogue() if message.id]


def test_the_catalogue_holds_what_the_program_says() -> None:
    said = {(message.id, message.context) for message in collected() if message.id}
    assert {(message.id, message.context) for message in messages()} == said


def test_every_text_has_its_english() -> None:
    assert [message.id for message in messages() if not is_translated(message)] == []


def test_english_fills_in_the_same_parts() -> None:
    differing = [
        message.id
        for message in messages()
        if is_translated(message) and set(parts(message.string)) != set(parts(message.id))
    ]
    assert differing == []


def test_the_compiled_catalogue_is_the_stored_one() -> None:
    assert COMPILED.read_bytes() == compiled(catalogue()), "run ./prov messages"


@pytest.mark.parametrize("name", ["po", "mo"])
def test_the_catalogue_belongs_to_the_repository(name: str) -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").split()
    assert f"*.{name}" not in ignored


def parts(forms: object) -> list[str]:
    """Return the names a text, in all its plural forms, has parts for."""
    texts = [forms] if isinstance(forms, str) else list(forms)  # type: ignore[call-overload] # Babel types forms loosely
    found = []
    for text in texts:
        found += [match[1] or "" for match in PERCENT_PART.finditer(text)]
        if not PERCENT_PART.search(text):
            found += [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    return found
