"""Somebody who sends what they like: the pages' own forms, or anything else, with a real token."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.test import Client

SESSION, TOKEN = "provning_session", "csrfmiddlewaretoken"
FETCH = {"X-Requested-With": "fetch"}
OURS = {"Sec-Fetch-Site": "same-origin"}
TOKENS = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]+')
KEYS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass
class Form:
    """One form of a page: where it goes, what it would send, and the type of each input."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def pressed(self) -> dict[str, str]:
        """Return what the form sends by its last button, the one that does the thing."""
        return self.fields | dict(self.buttons[-1:])


class Forms(HTMLParser):
    """Reads the forms of a page, and what stands in their fields."""

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a form, or note one of its fields."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(has.get("action", ""), has.get("method", "get").lower())
            self.found.append(self._open)
        elif self._open and tag in {"input", "textarea", "select"} and has.get("name"):
            self._field(tag, has)
        elif self._open and tag == "button" and has.get("name"):
            self._open.buttons.append((has["name"], has.get("value", "")))
        elif self._open and tag == "option" and self._select and "selected" in has:
            self._open.fields[self._select] = has.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """End what has ended."""
        if tag == "form":
            self._open = None
        self._select = "" if tag == "select" else self._select
        self._text = "" if tag == "textarea" else self._text

    def handle_data(self, data: str) -> None:
        """Keep what stands in a textarea."""
        if self._open and self._text:
            self._open.fields[self._text] += data.removeprefix("\n")

    def _field(self, tag: str, has: dict[str, str]) -> None:
        assert self._open
        name, kind = has["name"], has.get("type", "text") if tag == "input" else tag
        self._open.types[name] = kind
        if kind in {"checkbox", "radio"} and "checked" not in has:
            return
        self._open.fields[name] = has.get("value", "")
        self._select = name if tag == "select" else self._select
        self._text = name if tag == "textarea" else self._text


class Visitor:
    """A browser without a screen that is checked for forged requests like every other."""

    def __init__(self, client: Client) -> None:
        """Take over the session of a client that has signed in."""
        self.client = Client(enforce_csrf_checks=True)
        self.client.cookies[SESSION] = client.cookies[SESSION].value
        self._token = ""

    def page(self, path: str) -> str:
        """Return a page, and keep its token."""
        html: str = self.client.get(path).content.decode()
        found = re.search(rf'name="{TOKEN}" value="([^"]+)"', html)
        self._token = found[1] if found else self._token
        return html

    @property
    def token(self) -> str:
        """Return the token of the latest page; the overview's when there has been none."""
        if not self._token:
            self.page("/")
        return self._token

    def send(self, path: str, fields: dict[str, Any], *, follow: bool = False, **more: Any) -> Any:
        """Post fields with the token of the latest page."""
        data = {TOKEN: self.token, **fields}
        return self.client.post(path, data, follow=follow, **more)

    def send_raw(self, path: str, body: bytes, kind: str) -> Any:
        """Post bytes as they are; the token goes in the header."""
        headers = {"X-CSRFToken": self.token}
        return self.client.post(path, body, content_type=kind, headers=headers)


def without_keys(answer: Any) -> str:
    """Return a page without tokens and without the keys of what was asked for."""
    return KEYS.sub("KEY", TOKENS.sub(r"\1", answer.content.decode()))
