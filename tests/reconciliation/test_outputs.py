"""The answer in every form says the same."""

import io
import json
from datetime import timedelta
from pathlib import Path

from provning.kernel.problems import Problem
from provning.reconciliation import Fault, Report, Side
from provning.reconciliation.outputs import (
    HEADINGS,
    report_csv,
    report_json,
    report_text,
    write_report_workbook,
)
from provning.tables import open_table
from tests.reconciliation.rows import DAY, GROUP, NUMBERS, compared, grade, placement
from tests.tables.files import cells_of

LATER = DAY + timedelta(days=3)
SHOWN = f"{NUMBERS[0][:8]}-{NUMBERS[0][8:]}"
FAULT = Fault(Side.GRADES, 9, Problem("x", "", "Fel i {place}.", "Manual s. 1", {"place": "C9"}))


def report() -> Report:
    """Return an answer with a mismatch, a row that could not be read and a remark."""
    strange = {"number": NUMBERS[1], "course": "XYZ"}
    return compared(
        [placement(), placement(**strange)],
        [grade(date=LATER, teacher="=Lind Karin"), grade(**strange), FAULT],
    )


def mismatch_row() -> tuple[str, ...]:
    """Return the mismatch as text."""
    return (
        "Betygsdatum är inte prövningsdatum", SHOWN, "", "Öberg, Åsa", "MATMAT03b", str(DAY),
        str(LATER), GROUP, GROUP, "C", "Karin Lind", "=Lind Karin", "", "2", "2",
        report().mismatches[0].advice.text, "Manual s. 3",
    )  # fmt: skip


def test_csv_has_every_mismatch_and_then_what_could_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_bytes(b"".join(report_csv(report())))
    unread = "Raden kunde inte läsas (Betyg)"
    assert cells_of(path) == [
        HEADINGS,
        mismatch_row(),
        (unread, *[""] * 13, "9", "Fel i C9.", "Manual s. 1"),
    ]


def test_a_workbook_has_a_sheet_for_each(tmp_path: Path) -> None:
    path = tmp_path / "answer.xlsx"
    file = io.BytesIO()
    write_report_workbook(file, report())
    path.write_bytes(file.getvalue())
    table = open_table(path)
    assert (table.sheet, *table.other_sheets) == (
        "Avvikelser",
        "Kunde inte läsas",
        "Sammanfattning",
    )
    assert [row.cells for row in table.rows()] == [HEADINGS, mismatch_row()]


def test_json_is_for_programs() -> None:
    answer = json.loads("".join(report_json(report())))
    assert {key: answer[key] for key in ("agree", "placements", "grades", "pairs", "counts")} == {
        "agree": False,
        "placements": 2,
        "grades": 2,
        "pairs": 2,
        "counts": {"date": 1},
    }
    assert answer["period"] == {"first": "2026-01-01", "last": "2026-06-30"}
    assert answer["unreadable"] == [
        {"file": "grades", "row": 9, "code": "x", "message": "Fel i C9.", "source": "Manual s. 1"}
    ]
    [found] = answer["mismatches"]
    assert found == {
        "kind": "date",
        "person_number": NUMBERS[0],
        "person_id": "",
        "name": "Öberg, Åsa",
        "course": "MATMAT03b",
        "exam_date": str(DAY),
        "grade_date": str(LATER),
        "placement_group": GROUP,
        "grade_group": GROUP,
        "value": "C",
        "placement_teacher": "Karin Lind",
        "grade_teacher": "=Lind Karin",
        "days_past": None,
        "placement_row": 2,
        "grade_row": 2,
        "code": "reconcile-date",
        "message": report().mismatches[0].advice.text,
        "source": "Manual s. 3",
    }


def test_an_empty_answer_is_json_too() -> None:
    answer = json.loads("".join(report_json(compared([], []))))
    assert (answer["agree"], answer["mismatches"], answer["period"]) == (True, [], None)


def test_text_names_the_person_under_the_kind() -> None:
    text = "".join(report_text(report()))
    assert f"\nBetygsdatum är inte prövningsdatum (1)\n  {SHOWN} Öberg, Åsa, MATMAT03b: " in text
    assert text.endswith("\nKunde inte läsas\n  Betyg, rad 9: Fel i C9.\n")
    assert "Anmärkning: Kurskoden XYZ finns inte i kursregistret (1 rader)" in text


def test_a_translation_is_used_before_the_sentence_is_filled(tmp_path: Path) -> None:
    words = {"Fel i {place}.": "Wrong in {place}.", "Vad du gör": "What to do"}
    path = tmp_path / "answer.csv"
    path.write_bytes(b"".join(report_csv(report(), lambda text: words.get(text, text))))
    first, *_, last = cells_of(path)
    assert first[-2] == "What to do"
    assert last[-2] == "Wrong in C9."
