"""One role's walk: links that were met, addresses that were not, questions nobody would ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import urlencode
from zipfile import ZipFile, is_zipfile

from django.db import transaction
from django.test import Client

from tests.web.crawl.secrets import Secret
from tests.web.integrity.visitor import Form, Forms
from tests.web.matrix.test_every_form import FRAME, HOSTILE

LINK = re.compile(r'(?:href|data-[a-z-]+)="(/[^"#]*)')
NEVER = ("/logga-ut/", "/static/")
WORDS = (
    "q", "sok", "text", "sida", "page", "sort", "ordning", "term", "period", "enhet", "unit",
    "limit", "pageToken", "format", "filter", "status", "kurs", "datum", "from", "tom",
)  # fmt: skip
ODD = (
    "", "0", "-1", "2", "99999999", "HT26", "VT99", "csv", "xlsx", "json", "2026-11-25",
    "2023-13-45", "Zvård", "Qyxel", "Wzand", "ek", "å", "%", "*", "__", "../..",
)  # fmt: skip
FORMS_OF_TEN = 3
LARGEST = 5_000_000


@dataclass
class Walk:
    """Where a role has been; `faults` says what it met that it should not have."""

    role: str
    client: Client
    secrets: Sequence[Secret]
    seeds: Sequence[str]
    random: Random
    faults: list[str] = field(default_factory=list)
    requests: int = 0
    _known: list[str] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)
    _forms: list[tuple[str, Form]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with the addresses of the program and what stands on them."""
        for each in self.random.sample(self.seeds, len(self.seeds)):
            self._add(each)

    def step(self) -> None:
        """Ask for one thing more."""
        self.requests += 1
        if self._forms and self.random.randrange(10) < FORMS_OF_TEN:
            self._send(*self.random.choice(self._forms))
        else:
            place = self.requests - 1
            first_time = place < len(self._known)
            path = self._known[place] if first_time else self._varied()
            self._read(path, self.client.get(path), path)

    def _varied(self) -> str:
        """Return a known address with a question of our own."""
        path = self.random.choice(self._known).partition("?")[0]
        words = {self.random.choice(WORDS): self._odd() for _ in range(self.random.randrange(3))}
        return f"{path}?{urlencode(words)}" if words else path

    def _odd(self) -> str:
        return self.random.choice(self.random.choice((ODD, ODD, ODD, HOSTILE[:-1])))

    def _send(self, page: str, form: Form) -> None:
        """Send a form with one or two fields changed, and take back whatever it did."""
        fields = form.pressed()
        for name in self.random.sample(sorted(form.types), min(len(form.types), 2)):
            fields[name] = self._odd()
        path = form.action or page
        with transaction.atomic():
            send = self.client.post if form.method == "post" else self.client.get
            self._read(path, send(path, fields), path + urlencode(fields))
            transaction.set_rollback(True)

    def _read(self, path: str, answer: Any, asked: str) -> None:
        """Hold an answer to what it may say, and remember where it leads."""
        if answer.status_code >= 500:
            self.faults.append(f"{self.role} {path}: {answer.status_code}")
        kind = answer.headers.get("Content-Type", "")
        text = _text(answer)
        for secret in self.secrets:
            if self.role in secret.hidden_from:
                told = secret.told_in(text + str(answer.headers), asked)
                self.faults += [f"{self.role} {path}: {each}" for each in told]
        if answer.status_code == 200 and "html" in kind:
            for link in LINK.findall(text):
                self._add(unescape(link))
            if len(self._forms) < 2000:
                found = Forms(text).found
                self._forms += [(path, each) for each in found if each.action not in FRAME]

    def _add(self, path: str) -> None:
        """Remember an address that has not been met."""
        if path not in self._met and not path.startswith(NEVER):
            self._met.add(path)
            self._known.append(path)


def _text(answer: Any) -> str:
    """Return everything an answer says, also inside a spreadsheet."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    content = b"".join(parts)
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            content = b"".join(archive.read(each) for each in archive.namelist())
    return content[:LARGEST].decode("utf-8", "replace")
