"""Everything about a person as a file: JSON for programs, PDF for people."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from provning.catalogues.press import Press
from provning.exams.rows import PlacementRow
from provning.extracts.rows import (
    CompiledDecision,
    ExternalGrade,
    ExtractState,
    HeldDelivery,
    PersonCompilation,
)
from provning.grading.rows import DecisionRow
from provning.people.rows import PersonRow

FORMAT = "provning-person-1"
TEMPLATE = Path(__file__).parent / "templates_typst" / "person.typ"
SWEDEN = ZoneInfo("Europe/Stockholm")
STATES = {
    ExtractState.VALID: "Gäller",
    ExtractState.OUTDATED: "Inaktuellt",
    ExtractState.VOID: "Ersatt",
}
Table = dict[str, object]


def compilation_json(found: PersonCompilation, today: date) -> str:
    """Return everything as JSON: the rows as they are, dates in ISO 8601, sorted keys."""
    person = {
        "identity_number": found.details.row.number_display,
        "given_name": found.details.row.given_name,
        "family_name": found.details.row.family_name,
        "status": found.details.row.status,
        "status_on": found.details.row.status_on,
        "protection": found.details.protection,
        "email": found.details.email,
    }
    data = {
        "format": FORMAT,
        "compiled_on": today,
        "person": person | {"id": found.details.row.id},
        "numbers": [asdict(each) for each in found.details.numbers],
        "enrolments": [asdict(each) for each in found.details.enrolments],
        "placements": [_placement(each) for each in found.placements],
        "decisions": [_decision(each) for each in found.decisions],
        "catalogues": [asdict(each) | {"term": each.term.code} for each in found.catalogues],
        "extracts": [asdict(each) for each in found.extracts],
        "deliveries": [asdict(each) for each in found.deliveries],
        "external_grades": [asdict(each) for each in found.external],
        "sent_files": [asdict(each) for each in found.exports],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True, default=_plain) + "\n"


def compilation_pdf(found: PersonCompilation, today: date) -> bytes:
    """Return everything as PDF/A-2a and PDF/UA-1; raises `RenderError`."""
    row = found.details.row
    name = f"{row.given_name} {row.family_name}".strip() or row.label
    data = {
        "title": "Allt om eleven",
        "name": name,
        "identity_number": row.number_display,
        "compiled_on": today.isoformat(),
        "sections": [_section("Status", _status(row)), *compilation_sections(found)],
    }
    with Press(TEMPLATE) as press:
        return press.print(json.dumps(data, ensure_ascii=False))


def compilation_sections(found: PersonCompilation) -> list[Table]:
    """Return the sections as the template reads them: title, columns, parts of the width, rows."""
    return [_section(title, table) for title, table in _tables(found)]


def _status(row: PersonRow) -> Table:
    """Return the status with its day, which a person's own extract tells elsewhere."""
    day = row.status_on.isoformat() if row.status_on else ""
    return _table((("Status", 2), ("Dag", 2)), [(row.status, day)])


def _placement(row: PlacementRow) -> dict[str, object]:
    facts = asdict(row)
    del facts["person"]
    return facts


def _decision(each: CompiledDecision) -> dict[str, object]:
    facts = asdict(each.row) | {"stands": each.row.stands}
    return facts | {"catalogues": each.catalogues, "extracts": each.extracts}


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _section(title: str, table: Table) -> Table:
    return {"title": title} | table


def _tables(found: PersonCompilation) -> Iterator[tuple[str, Table]]:
    """Give every section: its title, heads, widths in parts and rows."""
    yield (
        "Nummer över tid",
        _table(
            (("Nummer", 2), ("Slag", 2), ("Gäller", 3)),
            [
                (each.display, each.kind, _span(each.valid_from, each.valid_to))
                for each in found.details.numbers
            ],
        ),
    )
    yield (
        "Inskriven hos",
        _table(
            (("Anordnare", 3), ("Enhet", 3), ("Tid", 3)),
            [
                (each.provider_name, each.unit_name, _span(each.start_date, each.end_date))
                for each in found.details.enrolments
            ],
        ),
    )
    yield "Betygsbeslut", _table(
        (("Kurs", 4), ("Kurskod", 3), ("Betyg", 1), ("Betygsdatum", 2), ("Läge", 4),
         ("Beslutat", 3), ("Står i", 5)),
        [_decision_cells(each) for each in found.decisions],
    )  # fmt: skip
    yield (
        "Prövningar",
        _table(
            (
                ("Prövningsgrupp", 4),
                ("Kurs", 4),
                ("Enhet", 4),
                ("Prövningsdatum", 2),
                ("Utfall", 4),
            ),
            [_placement_cells(each) for each in found.placements],
        ),
    )
    yield (
        "Betygskataloger",
        _table(
            (("Dokument", 4), ("Enhet", 4), ("Termin", 2), ("Version", 1), ("Skriven", 2)),
            [
                (
                    each.document_id,
                    each.unit_name,
                    each.term.label,
                    str(each.version),
                    _day(each.made_at),
                )
                for each in found.catalogues
            ],
        ),
    )
    yield (
        "Utdrag",
        _table(
            (("Dokument", 4), ("Utfärdat", 2), ("Av", 4), ("Betyg", 1), ("Läge", 3)),
            [
                (
                    each.document_id,
                    each.issued_on.isoformat(),
                    each.issuer_name,
                    str(each.grades),
                    STATES[each.state],
                )
                for each in found.extracts
            ],
        ),
    )
    yield (
        "Leveranser",
        _table(
            (("Leverans", 4), ("Enhet", 4), ("Period", 2), ("Betygskataloger", 4), ("Läge", 4)),
            [_delivery_cells(each) for each in found.deliveries],
        ),
    )
    yield (
        "Filer som har lämnats till andra",
        _table(
            (("Fil", 4), ("Slag", 3), ("Mottagare", 4), ("Lämnad", 2), ("Betyg", 3)),
            [
                (
                    each.document_id,
                    each.kind,
                    each.receiver,
                    each.sent_on.isoformat(),
                    ", ".join(each.courses),
                )
                for each in found.exports
            ],
        ),
    )
    yield (
        "Betyg från andra system",
        _table(
            (("Kurs", 4), ("Betyg", 2), ("Beslutat", 4), ("Skolform", 2), ("System", 4)),
            [_external_cells(each) for each in found.external],
        ),
    )


def _table(columns: tuple[tuple[str, int], ...], rows: list[tuple[str, ...]]) -> Table:
    return {
        "columns": [title for title, _parts in columns],
        "parts": [parts for _title, parts in columns],
        "rows": rows,
    }


def _decision_cells(each: CompiledDecision) -> tuple[str, ...]:
    row = each.row
    deciders = ", ".join((row.decided_by_name, *(name for _key, name in row.joint)))
    return (
        row.course_name,
        row.course_code,
        row.value,
        row.exam_date.isoformat(),
        _standing(row),
        f"{deciders}, {_day(row.decided_at)}",
        ", ".join((*each.catalogues, *each.extracts)),
    )


def _standing(row: DecisionRow) -> str:
    """Say whether a decision stands, what took its place, and what it took the place of."""
    said = "Gäller"
    if row.successor:
        later = row.successor
        said = f"{later.correction_type} till {later.value} {_day(later.decided_at)}"
    elif row.covered_by:
        said = f"Ersatt av betyg på {row.covered_by.course_code}"
    notes = (f"{row.correction_type}: {row.note}" if row.previous else "", row.reason)
    return ". ".join((said, *filter(None, notes)))


def _placement_cells(row: PlacementRow) -> tuple[str, ...]:
    outcome = "Ersatt av en ny placering" if row.superseded else row.outcome_label
    return (
        row.group_name,
        row.course_name,
        row.unit_name,
        row.exam_date.isoformat(),
        ". ".join(filter(None, (outcome, row.outcome_reason))),
    )


def _delivery_cells(each: HeldDelivery) -> tuple[str, ...]:
    """Say where a delivery has come, and what the receiver said of it."""
    days = [f"skickad {each.sent_on.isoformat()}" if each.sent_on else each.state_label]
    if each.receipt_on:
        days.append(f"{each.state_label} {each.receipt_on.isoformat()} av {each.receipt_by}")
    way = ", ".join(days)
    said = ". ".join(filter(None, (way[:1].upper() + way[1:], each.remarks)))
    return (each.document_id, each.unit_name, each.period, ", ".join(each.catalogues), said)


def _external_cells(each: ExternalGrade) -> tuple[str, ...]:
    """Say what another system has told: theirs, and no decision of ours."""
    return (
        " ".join(filter(None, (each.course_name, each.course))),
        f"{each.value}, omdöme" if each.assessment else each.value,
        f"{each.decided_on.isoformat()}, {each.decider.lower()}"
        + (", prövning" if each.trial else ""),
        each.school_type,
        f"{each.source_system}, läst {_day(each.read_at)}",
    )


def _span(first: date, last: date | None) -> str:
    return f"{first.isoformat()} – {last.isoformat() if last else ''}".strip()


def _day(moment: datetime) -> str:
    return moment.astimezone(SWEDEN).date().isoformat()
