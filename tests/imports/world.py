"""A town and a desk where files are brought in: uploaded, read through, taken in, taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import uuid4

from django.db.models import QuerySet

from provning.exams.models import Placement
from provning.grading.actions import decide_grades
from provning.imports.actions import (
    answer_rows,
    ask_to_commit,
    ask_to_undo,
    run_import,
    upload_file,
)
from provning.imports.models import StagedImport, StagedRow
from provning.kernel.actors import Actor
from provning.tables import csv_chunks, write_workbook
from tests.builders import TODAY, Town, build_town
from tests.exams.world import World

PERSON_HEADERS = ("Personnummer", "Förnamn", "Efternamn")


@dataclass
class Desk:
    """The town, and its files brought in by one actor at a time."""

    town: Town

    def upload(
        self,
        headers: Sequence[str],
        *rows: Sequence[str],
        kind: str = "persons",
        actor: Actor | None = None,
        content: bytes | None = None,
    ) -> StagedImport:
        """Upload a file for the organiser, or for the own-run provider, and let the job run."""
        who = actor or self.town.centre
        staged = upload_file(
            actor=who,
            kind_key=kind,
            place=str(self.town.organiser if kind in WIDE else self.town.own),
            file_name="fil.csv",
            content=csv_file(headers, rows) if content is None else content,
            submission=uuid4(),
            today=TODAY,
        )
        return self.run(staged, who)

    def persons(self, *rows: Sequence[str], actor: Actor | None = None) -> StagedImport:
        """Upload a file of persons: number, given name, family name."""
        return self.upload(PERSON_HEADERS, *rows, actor=actor)

    def run(self, staged: StagedImport, actor: Actor | None = None) -> StagedImport:
        """Do what the worker does."""
        run_import(import_id=staged.id, today=TODAY, actor=actor or self.town.centre)
        staged.refresh_from_db()
        return staged

    def answer(
        self, staged: StagedImport, answers: Mapping[int, str], actor: Actor | None = None
    ) -> StagedImport:
        """Answer rows by their numbers."""
        who = actor or self.town.centre
        answer_rows(actor=who, import_id=staged.id, answers=answers, today=TODAY)
        staged.refresh_from_db()
        return staged

    def commit(
        self, staged: StagedImport, *, leave_out: bool = False, actor: Actor | None = None
    ) -> StagedImport:
        """Take an import in."""
        who = actor or self.town.centre
        ask_to_commit(actor=who, import_id=staged.id, leave_out=leave_out, today=TODAY)
        return self.run(staged, who)

    def undo(self, staged: StagedImport, actor: Actor | None = None) -> StagedImport:
        """Take an import back."""
        who = actor or self.town.centre
        ask_to_undo(actor=who, import_id=staged.id, today=TODAY)
        return self.run(staged, who)


WIDE = {"persons", "enrolments", "staff"}


def build_desk() -> Desk:
    """Make the town."""
    return Desk(build_town())


def csv_file(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a file as this program writes it."""
    return b"".join(csv_chunks(headers, rows))


def xlsx_file(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook as this program writes it."""
    file = BytesIO()
    write_workbook(file, "Blad", headers, rows)
    return file.getvalue()


def verdicts(staged: StagedImport) -> list[str]:
    """Return what would become of each row, in the order of the file."""
    return list(_rows(staged).values_list("verdict", flat=True))


def outcomes(staged: StagedImport) -> list[str]:
    """Return what became of each row, in the order of the file."""
    return list(_rows(staged).values_list("outcome", flat=True))


def codes(staged: StagedImport) -> list[list[str]]:
    """Return the codes of each row's problems, in the order of the file."""
    return [[each["code"] for each in row.problems] for row in _rows(staged)]


def notes(staged: StagedImport) -> list[list[str]]:
    """Return the codes of why each row stayed, in the order of the file."""
    return [[each["code"] for each in row.notes] for row in _rows(staged)]


def faults(staged: StagedImport) -> list[str]:
    """Return the codes of what is wrong with the import as a whole."""
    return [each["code"] for each in staged.faults]


def _rows(staged: StagedImport) -> QuerySet[StagedRow]:
    return StagedRow.objects.filter(staged=staged).order_by("number")


def decide(world: World, placement: Placement, value: str) -> None:
    """Decide a placed person's grade as the group's teacher."""
    decide_grades(
        actor=world.karin,
        group_id=placement.group_id,
        values={placement.id: value},
        submission=uuid4(),
        today=TODAY,
    )
