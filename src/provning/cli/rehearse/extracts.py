"""What a person takes along: extracts, one of them copied, and everything in one file."""

import hashlib
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from provning.catalogues.content import Mark
from provning.cli.rehearse.log import Log, check, refused
from provning.cli.rehearse.world import Stage
from provning.extracts.actions import copy_extract, hand_out_compilation, issue_extract
from provning.extracts.content import from_json
from provning.extracts.files import compilation_json
from provning.extracts.models import Extract
from provning.extracts.queries import extract_choices, extract_document

DAY = date(2026, 12, 1)
LOWER, HIGHER = "MATO1B00X", "MATO2000X"
CHOSEN, ISSUED_BY = "Förordning (2011:1108) 4:12", "Förordning (2011:1108) 4:22"


def rehearse_extracts(directory: Path, stage: Stage, log: Log) -> int:
    """Issue what a person chooses, copy it, compile the person; returns how many documents."""
    first = _issue(stage, stage.by_name)
    marks = {line.code: line.marks for line in from_json(first.content).lines}
    check("ersatt på utdraget", marks[LOWER], (Mark.TRIAL, Mark.REPLACED))
    check("gällande på utdraget", marks[HIGHER], (Mark.TRIAL,))
    log.step(CHOSEN, f"utdrag {first.document_id}: {LOWER} visas som ersatt av {HIGHER}")
    centre = refused(
        "extract-issued-by-provider",
        lambda: issue_extract(
            actor=stage.actor("centre", DAY),
            person_id=stage.by_name,
            decision_ids=_choices(stage, stage.by_name),
            submission=uuid4(),
            today=DAY,
        ),
    )
    log.step(ISSUED_BY, f"bara rektor utfärdar: {centre.text}")
    copy = copy_extract(
        actor=stage.actor("principal", DAY),
        extract_id=first.pk,
        reason="originalet kom inte fram",
        submission=uuid4(),
        today=DAY,
    )
    said = [from_json(each.content).lines for each in (first, copy)]
    check("kopians betyg", said[1], said[0])
    log.step(CHOSEN, f"förkommet original: {copy.document_id} säger detsamma och är märkt kopia")
    for each in (first, copy):
        _write(directory, stage, each)
    _compile(directory, stage, log)
    return 2


def _issue(stage: Stage, person_id: UUID) -> Extract:
    return issue_extract(
        actor=stage.actor("principal", DAY),
        person_id=person_id,
        decision_ids=_choices(stage, person_id),
        submission=uuid4(),
        today=DAY,
    )


def _choices(stage: Stage, person_id: UUID) -> list[UUID]:
    """Return every grade that the person can choose."""
    [found] = extract_choices(stage.actor("principal", DAY), person_id, DAY)
    return [each.decision_id for each in found.choices]


def _write(directory: Path, stage: Stage, extract: Extract) -> None:
    document = extract_document(stage.actor("principal", DAY), extract.pk)
    check("SHA-256", hashlib.sha256(document.content).hexdigest(), extract.stored_id)
    (directory / document.file_name).write_bytes(document.content)


def _compile(directory: Path, stage: Stage, log: Log) -> None:
    """Leave everything about one person as JSON."""
    actor = stage.actor("principal", DAY)
    found = hand_out_compilation(actor=actor, person_id=stage.by_name, form="json")
    papers = {name for each in found.decisions for name in (*each.catalogues, *each.extracts)}
    check("handlingar i sammanställningen", len(papers) > 1, expected=True)
    (directory / "person.json").write_text(compilation_json(found, DAY), encoding="utf-8")
    log.step(
        "Förordning (2011:1108) 4:11",
        f"person.json: {len(found.placements)} prövningar, {len(found.decisions)} beslut och de"
        " handlingar de står i",
    )
