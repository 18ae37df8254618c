"""What the rehearsal leaves: three tables and the catalogues."""

import csv
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from provning.catalogues.actions import build_catalogue
from provning.catalogues.queries import catalogue_document
from provning.cli.rehearse.log import Log, check
from provning.cli.rehearse.world import Stage
from provning.exams.models import ExamGroup
from provning.exams.queries import group_for, placements_in
from provning.grading.queries import grade_sheet
from provning.kernel.terms import Term

LAST_DAY = date(2027, 1, 11)


def write_tables(directory: Path, stage: Stage, groups: Sequence[ExamGroup]) -> None:
    """Write groups, placements and grades as the administrator may see them."""
    actor = stage.actor("administrator", LAST_DAY)
    rows = [group_for(actor, group.id) for group in groups]
    _write(
        directory / "groups.csv",
        ("name", "unit", "term", "course_code", "course_name", "points", "school_form", "measure",
         "time_of_day", "distance", "start_date", "end_date", "number", "grading_teacher"),
        (
            (row.name, row.unit_name, row.term.code, row.course_code, row.course_name, row.points,
             row.school_form, row.measure, row.time_of_day, "Ja" if row.distance else "Nej",
             row.start_date, row.end_date, row.number, row.teacher_name)
            for row in rows
        ),
    )  # fmt: skip
    _write(
        directory / "placements.csv",
        ("group", "course_code", "points", "identity_number", "name", "start_date", "end_date",
         "exam_date", "status", "study_active"),
        (
            (each.group_name, each.course_code, each.points, each.person.number_display,
             each.person.label, each.start_date, each.end_date, each.exam_date, each.status,
             "Ja" if each.study_active else "Nej")
            for row in rows
            for each in placements_in(actor, row.id)
        ),
    )  # fmt: skip
    _write(
        directory / "grades.csv",
        ("group", "course_code", "identity_number", "name", "grade", "grade_date", "exam_date",
         "trial", "decided_by", "registered_by"),
        (
            (row.name, row.course_code, each.placement.person.number_display,
             each.placement.person.label, each.value, each.placement.exam_date,
             each.placement.exam_date, "Prövning", each.decided_by, each.registered_by)
            for row in rows
            for each in grade_sheet(actor, row.id, LAST_DAY).rows
            if each.value
        ),
    )  # fmt: skip


def write_catalogues(directory: Path, stage: Stage, terms: Iterable[Term], log: Log) -> int:
    """Make the catalogues, preliminary first for the last term; returns how many documents."""
    count = 0
    for term in terms:
        if term.last_day >= date(2026, 7, 1):
            count += _catalogue(directory, stage, term, term.last_day - timedelta(days=20), log)
        count += _catalogue(directory, stage, term, term.last_day + timedelta(days=11), log)
    return count


def _catalogue(directory: Path, stage: Stage, term: Term, today: date, log: Log) -> int:
    actor = stage.actor("principal", today)
    made = build_catalogue(actor=actor, unit_id=stage.unit_id, term=term, today=today)
    again = build_catalogue(actor=actor, unit_id=stage.unit_id, term=term, today=today)
    check("katalog utan ändring", [each.id for each in again], [each.id for each in made])
    for catalogue in made:
        document = catalogue_document(actor, catalogue.id)
        check("SHA-256", hashlib.sha256(document.content).hexdigest(), document.sha256)
        (directory / document.file_name).write_bytes(document.content)
        kind = "preliminär " if catalogue.preliminary else ""
        log.step(
            "Manual s. 4",
            f"{kind}betygskatalog {catalogue.document_id}: {catalogue.decisions} beslut, "
            f"{catalogue.pages} sidor, SHA-256 {document.sha256[:16]}…",
        )
    return len(made)


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
