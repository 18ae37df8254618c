"""Files taken out, read back, and what is known of them afterwards."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from provning.betygxml.reading import read_grades
from provning.betygxml.rows import StudentGrades
from provning.feeds.actions import Handing
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.taking import take_out_grades, take_out_snapshot
from provning.grading.consequences import consequences_of
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_story
from provning.kernel.actors import Actor
from provning.people.models import Person
from provning.reporting.models import SentExport
from provning.reporting.queries.carried import exports_holding
from tests.extracts.world import Office

YEAR = ("2020-01-01", "2100-01-01")
DAY = date(2026, 11, 26)
LATER = timedelta(minutes=2)
RECEIVER = "Skolplattformen"


def take(
    at: Office,
    name: str = "betyg.xml",
    *,
    ends: tuple[str, str] = YEAR,
    school_type: str = "",
    receiver: str = RECEIVER,
    after: timedelta = timedelta(),
    actor: Actor | None = None,
) -> set[tuple[str, str, str]]:
    """Take a file out and return what it says: student, course and value of each grade."""
    pieces = take_out_grades(
        actor=actor or at.centre,
        handing=Handing(receiver, name),
        start=ends[0],
        end=ends[1],
        school_type=school_type,
        now=datetime.now(UTC) + after,
        today=DAY,
    )
    return set(grades_in(b"".join(pieces)))


def grades_in(content: bytes) -> Iterator[tuple[str, str, str]]:
    for part in read_grades(io.BytesIO(content)):
        if isinstance(part, StudentGrades):
            for each in part.grades:
                yield part.student, getattr(each, "course_code", ""), each.value


def known(name: str) -> set[tuple[str, str, str]]:
    """Return what is known afterwards of what the newest file of the name carried."""
    export = SentExport.objects.filter(document_id=name).order_by("-registered_at")[0]
    held = exports_holding(GradeDecision.objects.all()).get(export.pk, set())
    return {
        (str(each.placement.person_id), each.course_code, each.value)
        for each in GradeDecision.objects.filter(pk__in=held).select_related("placement")
    }


def told(
    actor: Actor, decision: GradeDecision, kind: str = "sent_export"
) -> list[tuple[str, bool]]:
    chain = grade_story(actor, decision.pk).chain
    return [
        (each.message.format(**each.params), each.done)
        for each in consequences_of(actor, chain, DAY)
        if each.kind == kind
    ]


def snapshot(at: Office, name: str = "ims.xml", after: timedelta = timedelta()) -> list[Any]:
    pieces = take_out_snapshot(
        actor=at.centre,
        handing=Handing(RECEIVER, name),
        term="HT26",
        now=datetime.now(UTC) + after,
        today=DAY,
    )
    return list(read_snapshot(io.BytesIO(b"".join(pieces))))


def protect(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(
        protection="Sekretessmarkering", case_number=f"SK-{person.pk.int % 1_000_000:06d}"
    )
