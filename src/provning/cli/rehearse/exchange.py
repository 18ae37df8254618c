"""What goes out to other systems: the three files, each read back and held against the register."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, TypeVar

from provning.betygxml.reading import read_grades
from provning.betygxml.reading_documents import read_documents
from provning.betygxml.rows import CourseGrade, Interval, StudentGrades
from provning.cli import environment
from provning.cli.rehearse.log import Log, check
from provning.cli.rehearse.world import Stage
from provning.feeds.actions import Handing
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, RoleType
from provning.feeds.taking import take_out_documents, take_out_grades, take_out_snapshot
from provning.grading.models import GradeDecision
from provning.grading.queries.decisions import VALID_DECISION
from provning.kernel.problems import Problem

TERM = "VT23"
START, END = "2020-01-01T00:00", "2100-01-01T00:00"
Part = TypeVar("Part")


def rehearse_exchange(directory: Path, stage: Stage, log: Log) -> None:
    """Take out the files as Vuxenutbildningscentrum does, and read each of them back."""
    day = environment.today()
    actor = stage.actor("centre", day)
    now = datetime.now(UTC)
    asked = partial(take_out_grades, actor=actor, start=START, end=END, school_type="")
    grades = asked(handing=_to("betyg.xml"), now=now, today=day)
    _grades(_written(directory / "betyg.xml", grades, read_grades), log)
    given = take_out_documents(
        actor=actor, handing=_to("betygsdokument.xml"), start=START, end=END, now=now, today=day
    )
    documents = _written(directory / "betygsdokument.xml", given, read_documents)
    check("betygsdokumentets delar", [type(part) for part in documents], [Interval])
    log.step("betygsdokument 2.0", "betygsdokument.xml: utdrag har ingen typ i formatet")
    snapshot = take_out_snapshot(actor=actor, handing=_to("ims.xml"), term=TERM, now=now, today=day)
    _snapshot(_written(directory / "ims.xml", snapshot, read_snapshot), log)


def _to(file_name: str) -> Handing:
    """Return who gets the files."""
    return Handing("Skolplattformen", file_name)


def _written(
    path: Path, pieces: Iterable[bytes], read: Callable[[BinaryIO], Iterator[Part]]
) -> list[Part]:
    """Write a file and return what is read in it; there must be no problem."""
    with path.open("wb") as file:
        file.writelines(pieces)
    with path.open("rb") as file:
        parts = list(read(file))
    check(f"fel i {path.name}", [part for part in parts if isinstance(part, Problem)], [])
    return parts


def _grades(parts: list[object], log: Log) -> None:
    """Hold the grades against every decision that stands, the protected person's left out."""
    students = [part for part in parts if isinstance(part, StudentGrades)]
    told = {
        (each.student, grade.course_code, grade.value, grade.date, grade.trial)
        for each in students
        for grade in each.grades
        if isinstance(grade, CourseGrade)
    }
    standing = GradeDecision.objects.filter(VALID_DECISION, placement__person__protection="Ingen")
    held = {
        (
            str(each.placement.person_id),
            each.course_code,
            each.value,
            each.placement.exam_date,
            True,
        )
        for each in standing.select_related("placement")
    }
    check("betygen i betyg.xml", told, held)
    log.step(
        "Betyg API 1.1.1",
        f"betyg.xml: {len(students)} elever, {len(told)} betyg som gäller, alla som prövning",
    )


def _snapshot(parts: list[object], log: Log) -> None:
    """Say that the group's name travels with its prefix and each prövning with its one day."""
    groups = [part for part in parts if isinstance(part, ImsGroup) and part.begin]
    learners = [
        part for part in parts if isinstance(part, ImsMember) and part.role == RoleType.LEARNER
    ]
    persons = [part for part in parts if isinstance(part, ImsPerson)]
    check("gruppnamn i ims.xml", [each.name for each in groups], ["PRÖ:KC23VTMAT03B"])
    check("Fr.o.m. = T.o.m.", all(each.begin == each.end for each in learners), expected=True)
    check("skyddade personer i ims.xml", [each for each in persons if each.protected], [])
    log.step(
        "IMS Enterprise 1.1",
        f"ims.xml: {groups[0].name} med {len(learners)} placeringar och {len(persons)} personer",
    )
