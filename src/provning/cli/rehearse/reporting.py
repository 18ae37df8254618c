"""What the authorities get: a draft for SCB, which a code that nobody knows keeps from leaving."""

from datetime import date
from pathlib import Path
from uuid import uuid4

from provning.cli.rehearse.log import Log, check, refused
from provning.cli.rehearse.world import Stage
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.reporting.actions import (
    make_authority_extract,
    mark_sent,
    read_authority_extract,
)
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract
from provning.reporting.queries import control_list
from provning.reporting.writing import cells_in

FILE = "scb-utkast.csv"
SOURCE = "SCB, Komvuxregistret"
LEADING = ["System", "Datum", "Version", "PersonNr"]


def rehearse_reporting(directory: Path, stage: Stage, term: Term, day: date, log: Log) -> None:
    """Make SCB's file of the term and leave it: every row starts and ends on its one date."""
    centre = stage.actor("centre", day)
    found = control_list(
        centre, organiser_id=stage.organiser_id, target=Target.SCB, term=term, today=day
    )
    check("det som måste rättas före filen", found.stops, 0)
    made, again = (_made(stage, centre, term, day) for _time in range(2))
    check("filen en gång till", again.id, made.id)
    file = read_authority_extract(actor=centre, extract_id=made.id)
    rows = cells_in(file.content)
    check("filens rader", len(rows), found.written)
    check("filens första kolumner", list(rows[0])[: len(LEADING)], LEADING)
    check("start och slut", [row["Kursstart"] for row in rows], [row["Kursslut"] for row in rows])
    check("koden för prövning", {row["ProvningValidering"] for row in rows}, {""})
    (directory / FILE).write_bytes(file.content)
    log.step(
        SOURCE,
        f"{FILE}: {made.document_id}, {len(rows)} rader, {found.left_out} inte med,"
        " utkast vars layout inte är verifierad",
    )
    stopped = refused(
        "report-code-unknown",
        lambda: mark_sent(
            actor=centre,
            extract_id=made.id,
            receiver="SCB",
            sent_on=day,
            submission=uuid4(),
            today=day,
        ),
    )
    log.step(SOURCE, f"utkastet lämnas inte: {stopped.text}")


def _made(stage: Stage, centre: Actor, term: Term, day: date) -> AuthorityExtract:
    return make_authority_extract(
        actor=centre, organiser_id=stage.organiser_id, target=Target.SCB, term=term, today=day
    )
