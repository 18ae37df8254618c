"""What follows a decision: extracts, rättelse, ändring, new versions, signatures, the archive."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from provning.archive.actions import (
    build_packages,
    prepare_delivery,
    receive_delivery,
    send_delivery,
)
from provning.archive.models import Delivery
from provning.archive.package.verifying import package_faults
from provning.archive.rules.periods import Period
from provning.catalogues.actions import build_catalogue, register_signatures
from provning.catalogues.actions.electronic import run_signing_order, sign_electronically
from provning.catalogues.actions.sealing import check_signatures
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.queries import (
    catalogue_document,
    document_to_sign,
    is_fully_signed,
    signature_rows,
)
from provning.catalogues.rows import Signing
from provning.cli.archive import write_package
from provning.cli.rehearse.log import Log, check, refused
from provning.cli.rehearse.world import PROGRAM, Stage
from provning.exams.models import Placement
from provning.extracts.actions import issue_extract, reissue_extract
from provning.extracts.models import Extract
from provning.extracts.queries import extract_document, outdated_extracts
from provning.grading.actions import amend_grade, correct_grade
from provning.grading.models import GradeDecision
from provning.grading.queries import person_decisions
from provning.kernel.terms import Season, Term
from provning.organisation.actions import set_policy
from provning.organisation.policies_data import PolicyKey, SigningMode

VT22, VT23 = Term(2022, Season.VT), Term(2023, Season.VT)
SIGNERS = {"LÄRARE": "teacher-1", "REKTOR": "principal"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the rest is done: the stage, the day, the folder for what is left, and the log."""

    stage: Stage
    day: date
    directory: Path
    log: Log

    def keep(self, name: str, content: bytes) -> None:
        """Leave a document in the folder."""
        (self.directory / name).write_bytes(content)


def rehearse_afterwards(desk: Desk, placements: dict[str, Placement]) -> None:
    """Carry a decision through everything that may come after it."""
    extract = _extract(desk)
    _correct(desk, placements["number"])
    _amend(desk, placements["requested"])
    _new_extract(desk, extract)
    catalogue = _second_version(desk)
    _sign(desk, catalogue)
    _deliver(desk)
    _archive(desk)


def _extract(desk: Desk) -> Extract:
    """Issue an extract of everything that one person has."""
    stage, person_id = desk.stage, desk.stage.by_number
    decisions = person_decisions([person_id])[person_id]
    extract = issue_extract(
        actor=stage.actor("principal", desk.day),
        person_id=person_id,
        decision_ids=[each.id for each in decisions],
        english=True,
        submission=uuid4(),
        today=desk.day,
    )
    _keep_extract(desk, extract)
    desk.log.step("Förordning 2011:1108 4:12", f"utdrag {extract.document_id} är utfärdat")
    return extract


def _correct(desk: Desk, placement: Placement) -> None:
    """Correct a clerical error upwards, after the examinee has been heard."""
    actor = desk.stage.actor("principal", desk.day)
    decision = _standing(placement)
    corrected = correct_grade(
        actor=actor,
        decision_id=decision.id,
        value="B",
        hearing=GradeDecision.Hearing.HEARD,
        hearing_note="Eleven bekräftade att provet var bedömt med B.",
        reason="Betyget skrevs av fel från bedömningsmatrisen.",
        submission=uuid4(),
        today=desk.day,
    )
    check("rättelsen", (corrected.value, corrected.supersedes_id), ("B", decision.id))
    rows = {each.id: each for each in person_decisions([placement.person_id])[placement.person_id]}
    check("det första beslutet står kvar", rows[decision.id].value, "C")
    note = rows[corrected.id].note
    check("anteckningen", note, "Tidigare betyg C från 2023-05-16")
    desk.log.step("Skollagen 3:19", f"rektor rättade C till B. {note}")


def _amend(desk: Desk, placement: Placement) -> None:
    """Raise a grade that was plainly wrong, and see that it can never be lowered."""
    teacher = desk.stage.actor("teacher-1", desk.day)
    reason = "Den muntliga delen, gjord före beslutet, var inte inräknad."

    def amend(value: str) -> GradeDecision:
        return amend_grade(
            actor=teacher,
            decision_id=_standing(placement).id,
            value=value,
            reason=reason,
            submission=uuid4(),
            today=desk.day,
        )

    raised = amend("D")
    check("ändringen", (raised.value, raised.correction_type), ("D", "Ändring"))
    desk.log.step("Skollagen 3:20", "läraren ändrade E till D på omständigheter före beslutet")
    said = refused("amendment-lower", lambda: amend("E"))
    desk.log.step("Skollagen 3:20", f"sänkning nekades: {said.text}")


def _standing(placement: Placement) -> GradeDecision:
    return GradeDecision.objects.get(placement=placement, superseded_by=None)


def _new_extract(desk: Desk, extract: Extract) -> None:
    """See that the extract is out of date, and issue it anew."""
    actor = desk.stage.actor("principal", desk.day)
    outdated = [row.extract.id for row in outdated_extracts(actor)]
    check("utdrag som inte längre gäller", outdated, [extract.id])
    new = reissue_extract(actor=actor, extract_id=extract.id, submission=uuid4(), today=desk.day)
    _keep_extract(desk, new)
    check("utdrag som inte längre gäller", outdated_extracts(actor), [])
    desk.log.step("Skollagen 3:19", f"utdrag {new.document_id} ersatte {extract.document_id}")


def _keep_extract(desk: Desk, extract: Extract) -> None:
    document = extract_document(desk.stage.actor("principal", desk.day), extract.id)
    desk.keep(document.file_name, document.content)


def _second_version(desk: Desk) -> GradeCatalogue:
    """Print the term again: a second version beside the first, which stays."""
    actor = desk.stage.actor("principal", desk.day)
    made = build_catalogue(actor=actor, unit_id=desk.stage.unit_id, term=VT23, today=desk.day)
    ordinary = next(each for each in made if each.part == GradeCatalogue.Part.ORDINARY)
    check("katalogens version", ordinary.version, 2)
    document = catalogue_document(actor, ordinary.id)
    desk.keep(document.file_name, document.content)
    source = "Förordning 2011:1108 4:11"
    desk.log.step(source, f"{document.file_name}: version 2, version 1 finns kvar oförändrad")
    return ordinary


def _sign(desk: Desk, catalogue: GradeCatalogue) -> None:
    """Sign the second version electronically, one after another, and have it sealed and checked."""
    stage = desk.stage
    set_policy(
        actor=PROGRAM,
        organiser_id=stage.organiser_id,
        key=PolicyKey.CATALOGUE_SIGNING,
        value=SigningMode.ELECTRONIC_WITH_PAPER,
        valid_from=desk.day,
    )
    actor = stage.actor("principal", desk.day)
    needed = signature_rows(actor, catalogue.id)
    for row in needed:
        order = sign_electronically(
            actor=stage.actor(SIGNERS[row.role], desk.day),
            catalogue_id=catalogue.id,
            role=row.role,
            submission=uuid4(),
            today=desk.day,
        )
        run_signing_order(order_id=order.id, today=desk.day)
    check("alla har undertecknat", is_fully_signed(catalogue.id), expected=True)
    report = check_signatures(actor=PROGRAM, catalogue_id=catalogue.id)
    check("underskrifterna stämmer", report is not None and report.valid, expected=True)
    document = document_to_sign(actor, catalogue.id)
    desk.keep(document.file_name, document.content)
    desk.log.step(
        "Underskrift", f"{document.file_name}: {len(needed)} underskrifter, kontrollerade"
    )


def _deliver(desk: Desk) -> None:
    """Sign the first term on paper and deliver it to Vuxenutbildningscentrum (Manual s. 4)."""
    stage, day = desk.stage, desk.day
    _sign_on_paper(desk)
    sender, centre = stage.actor("administrator", day), stage.actor("centre", day)
    delivery = prepare_delivery(
        actor=sender,
        unit_id=stage.unit_id,
        period=Period(VT22.year),
        submission=uuid4(),
        today=day,
    )
    send_delivery(
        actor=sender,
        delivery_id=delivery.id,
        expected_step=_last_step(delivery),
        submission=uuid4(),
        today=day,
    )
    receive_delivery(
        actor=centre,
        delivery_id=delivery.id,
        expected_step=_last_step(delivery),
        submission=uuid4(),
        day=day,
        today=day,
    )
    desk.log.step("Manual s. 4", "undertecknade kataloger skickade till och mottagna av"
                  " Vuxenutbildningscentrum")  # fmt: skip


def _sign_on_paper(desk: Desk) -> None:
    """Register that everybody has signed the paper of the first term."""
    actor = desk.stage.actor("principal", desk.day)
    catalogue = GradeCatalogue.objects.get(year=VT22.year, season=VT22.season, preliminary=False)
    needed = signature_rows(actor, catalogue.id)
    register_signatures(
        actor=actor,
        catalogue_id=catalogue.id,
        signings=[Signing(row.signer_id, row.role, desk.day) for row in needed],
        today=desk.day,
    )
    check("papperet är undertecknat", is_fully_signed(catalogue.id), expected=True)


def _last_step(delivery: Delivery) -> int:
    last = delivery.steps.order_by("-number").first()
    return last.number if last else 0


def _archive(desk: Desk) -> None:
    """Make the e-archive packages of the corrected term and check them as a stranger would."""
    packages = build_packages(actor=PROGRAM, unit_id=desk.stage.unit_id, term=VT23)
    folder = desk.directory / "sip"
    for package in packages:
        write_package(package.package_id, bytes(package.stored.content), folder)
        check("paketets fel", package_faults(folder / package.package_id), [])
    names = ", ".join(each.package_id for each in packages)
    desk.log.step("E-arkiv", f"sip/: {names}, kontrollerade mot sina kontrollsummor")
