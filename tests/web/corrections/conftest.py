"""A decided grade with the browsers of those who read, correct and amend it."""

import re
from dataclasses import dataclass
from html import unescape
from uuid import UUID

import pytest
from django.test import Client
from django.utils.html import strip_tags

from provning.exams.models import ExamGroup
from provning.grading.models import GradeDecision
from tests.builders import PASSWORD
from tests.support.kept import kept
from tests.web.grades.conftest import Desk, build_desk

INPUT = re.compile(r"<input[^>]*>")
SELECT = re.compile(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', re.DOTALL)
TEXT = re.compile(r'<textarea[^>]*name="([\w-]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
SAID = "Alva håller med."
SLIP = "Karin hade bedömt C men skrev D."
FACTS = "En inlämnad del hade blivit liggande oläst."


@dataclass
class Case:
    """The desk on which Ahmadi, Nilofar has D; Berg, Alva and Öst, Per have no grade yet."""

    desk: Desk

    @property
    def first(self) -> GradeDecision:
        """Return the first decision."""
        return GradeDecision.objects.get(supersedes=None)

    @property
    def last(self) -> GradeDecision:
        """Return the decision that stands."""
        return GradeDecision.objects.get(superseded_by=None)

    @property
    def group(self) -> ExamGroup:
        """Return the group."""
        return self.desk.group

    @property
    def address(self) -> str:
        """Return the address of the first decision."""
        return address_of(self.first.pk)


def address_of(decision_id: UUID) -> str:
    """Return the address of a decision."""
    return f"/betyg/beslut/{decision_id}/"


def build_case() -> Case:
    """Build the desk and decide the first grade."""
    desk = build_desk()
    desk.stage.decide(desk.placements[0], "D")
    return Case(desk)


case = kept(build_case)


@pytest.fixture
def decided(transactional_db: None) -> Case:
    """Return the decided grade, in a database that the server sees."""
    return build_case()


def form_of(html: str) -> dict[str, str]:
    """Return the page's form as a browser would send it untouched, with the password typed."""
    main = html[html.index("<main") : html.index("</main>")]
    sent: dict[str, str] = {}
    for tag in INPUT.findall(main):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        choice = attributes.get("type") in {"radio", "checkbox"}
        if "name" in attributes and (not choice or " checked" in tag):
            sent[attributes["name"]] = unescape(attributes.get("value", "on"))
    for name, options in SELECT.findall(main):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    for name, text in TEXT.findall(main):
        sent[name] = unescape(text).strip()
    return sent | {"password": PASSWORD}


def heard(html: str, **changes: str) -> dict[str, str]:
    """Return the form of a rättelse with everything in order, and some things changed."""
    why = {"hearing": "heard", "hearing_note": SAID, "reason": SLIP}
    return form_of(html) | why | changes


def words(html: str) -> str:
    """Return what a reader meets in the main part, spaces in a row as one."""
    main = html[html.index("<main") : html.index("</main>")]
    apart = re.sub(r"(</t[dh]>|<small>|</p>|</?d[dt]>|</li>|</h\d>|<div)", r" \1", main)
    return " ".join(unescape(strip_tags(apart)).split())


def read(client: Client, address: str) -> str:
    """Open a page that exists, and return what a reader meets."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return words(answer.content.decode())
