"""How fast files of persons, enrolments and placements are brought in, and what memory it takes.

    python benchmarks/imports.py [--rows 100000]

On a database of its own in memory, or the one of DATABASE_URL, which must be empty. Each kind is
uploaded as a file, planned, taken in, and brought in a second time (nothing changes); placements of
a small file are taken back too. The processor's time of this process stands beside the clock's: it
holds on a busy machine too, but leaves out what a database server does. Identity numbers are built
with birth years 1800-1889, which no living person has.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid4

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provning.config.settings")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("PROVNING_IMMEDIATE_TASKS", "0")
django.setup()

from django.core.management import call_command

from benchmarks.load_numbers import numbers
from provning.courses.actions import load_register
from provning.courses.queries import course_by_code
from provning.exams.actions import create_exam_group
from provning.exams.models import ExamGroup
from provning.imports.actions import ask_to_commit, ask_to_undo, run_import, upload_file
from provning.imports.models import StagedImport
from provning.kernel.actors import system_actor
from provning.kernel.terms import Season, Term
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
)
from provning.tables import csv_chunks

ACTOR = system_actor("Mätning", "benchmark")
TODAY = date(2026, 11, 25)
EXAM = "2026-11-16"
IN_A_GROUP = 100
MEGABYTE = 1024


def measured(what: str, rows: int, work: Callable[[], object]) -> None:
    """Print how long a step takes, and how many rows that is in a second."""
    begun, spent = time.perf_counter(), time.process_time()
    work()
    seconds, own = time.perf_counter() - begun, time.process_time() - spent
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE
    used = f"{own:6.1f} s of processor, {rows / own:7.0f} rows/s"
    print(f"{what:34} {seconds:7.1f} s, {used}, {memory} MB")


def bring_in(
    kind: str, place: UUID, headers: Sequence[str], rows: Sequence[Sequence[str]], *, undo: bool
) -> None:
    """Take a file through its steps, and once more."""
    content = b"".join(csv_chunks(headers, rows))
    count = len(rows)

    def upload() -> StagedImport:
        return upload_file(
            actor=ACTOR,
            kind_key=kind,
            place=str(place),
            file_name=f"{kind}.csv",
            content=content,
            submission=uuid4(),
            today=TODAY,
        )

    def step(staged: StagedImport) -> None:
        run_import(import_id=staged.id, today=TODAY, actor=ACTOR)
        staged.refresh_from_db()
        if staged.faults:
            raise SystemExit(staged.faults)

    staged = upload()
    measured(f"{kind}: planned", count, lambda: step(staged))
    ask_to_commit(actor=ACTOR, import_id=staged.id, today=TODAY)
    measured(f"{kind}: planned again and taken in", count, lambda: step(staged))
    again = upload()
    measured(f"{kind}: the same file again", count, lambda: step(again))
    changed = again.rows.exclude(verdict="unchanged").count()
    if changed:
        raise SystemExit(f"{changed} rows would change the second time")
    if undo:
        ask_to_undo(actor=ACTOR, import_id=staged.id, today=TODAY)
        measured(f"{kind}: taken back", count, lambda: step(staged))


def world(groups: int) -> tuple[UUID, UUID, list[ExamGroup]]:
    """Make an organiser, a provider, and units with a group each."""
    organiser = create_organiser(
        actor=ACTOR, name="Sjöstads kommun", municipality_code="9999", municipality_name="Sjöstad"
    )
    provider = create_provider(
        actor=ACTOR, organiser_id=organiser.id, name="Vuxenutbildning Sjöstad", kind="internal"
    )
    course = course_by_code("MATMAT03b")
    if course is None:
        raise SystemExit("The register has no MATMAT03b.")
    made = []
    for number in range(groups):
        unit = create_unit(actor=ACTOR, provider_id=provider.id, name=f"Enhet {number}")
        initials = "".join(chr(ord("A") + number // 26**place % 26) for place in range(3))
        set_initials(
            actor=ACTOR, unit_id=unit.id, initials=f"K{initials}", valid_from=date(2026, 1, 1)
        )
        made.append(
            create_exam_group(
                actor=ACTOR,
                unit_id=unit.id,
                course_id=course.id,
                term=Term(2026, Season.HT),
                today=TODAY,
            )
        )
    return organiser.id, provider.id, made


def main() -> None:
    """Measure the three kinds that come in the thousands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    call_command("migrate", verbosity=0)
    load_register(actor=ACTOR, today=TODAY)
    organiser, provider, groups = world(max(1, rows // IN_A_GROUP))
    people = list(islice(numbers(), rows))
    names = [(f"Elev{place % 977}", f"Namn{place % 9973}") for place in range(rows)]
    bring_in(
        "persons",
        organiser,
        ("Personnummer", "Förnamn", "Efternamn"),
        [(number, *name) for number, name in zip(people, names, strict=True)],
        undo=False,
    )
    bring_in(
        "enrolments",
        organiser,
        ("Personnummer", "Anordnare", "Inskriven från"),
        [(number, "Vuxenutbildning Sjöstad", "2026-08-17") for number in people],
        undo=False,
    )
    bring_in(
        "placements",
        provider,
        ("Personnummer", "Grupp", "Prövningsdatum"),
        [(number, groups[place // IN_A_GROUP].name, EXAM) for place, number in enumerate(people)],
        undo=rows <= 10_000,  # noqa: PLR2004 (one action for each: beyond this it is only waiting)
    )


if __name__ == "__main__":
    main()
