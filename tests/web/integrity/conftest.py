"""The group that is graded, and what is stored of it: nothing more, nothing less."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from tests.builders import PROGRAM
from tests.support.kept import kept
from tests.web.grades.conftest import Desk, build_desk, decisions, drafts, typed

NOTHING: Mapping[UUID, str] = {}


@dataclass(frozen=True)
class Stored:
    """Drafts and decided values by placement, and the trail's events by people, in order."""

    drafts: Mapping[UUID, str]
    decisions: Mapping[UUID, str]
    events: tuple[str, ...]


built_desk = kept(build_desk)


@pytest.fixture
def desk(built_desk: Desk) -> Iterator[Desk]:
    """Return the group with its examinees; afterwards the chain of the trail must hold."""
    yield built_desk
    assert verify_chain().fault == ""


def stored(*events: str, **values: Mapping[UUID, str]) -> Stored:
    """Return what is expected: `stored("grades_drafted", drafts={…})`."""
    return Stored(values.get("drafts", NOTHING), values.get("decisions", NOTHING), events)


def found() -> Stored:
    """Return what is stored; what the program itself did to set the scene is not counted."""
    report = verify_chain()
    assert report.fault == ""
    events = AuditEvent.objects.exclude(actor_name=PROGRAM.name).order_by("number")
    decided = {key: value for key, (value, *_who) in decisions().items()}
    return Stored(drafts(), decided, tuple(events.values_list("name", flat=True)))


def grades_in(html: str) -> list[str]:
    """Return what stands in the sheet's fields."""
    return [value for name, value in typed(html).items() if name.startswith("grade-")]
