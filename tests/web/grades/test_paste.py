"""What a pasted column would change: each line is a change, nothing, or said to be unread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.grading.queries import GradeRow, grade_sheet
from provning.kernel.actors import ScopeKind
from provning.web.grades.paste import LineKind, Paste, lines_of, read_paste
from tests.builders import TODAY, actor
from tests.web.grades.conftest import Desk, drafts, typed

K = LineKind


def read(desk: Desk, text: str, start: int = 0) -> Paste:
    """Read a column against the sheet as the group's teacher sees it."""
    return read_paste(text, rows_of(desk), start, TODAY)


def rows_of(desk: Desk) -> tuple[GradeRow, ...]:
    """Return the sheet's rows as the group's teacher sees them."""
    teacher = actor(
        "grading_teacher", ScopeKind.OWN_GROUPS, desk.stage.town.centrum, desk.stage.teacher.id
    )
    return grade_sheet(teacher, desk.group.id, TODAY).rows


def told(paste: Paste) -> list[tuple[int, LineKind, str, str]]:
    """Return number, kind, value and the person's family name of each line."""
    return [
        (
            line.number,
            line.kind,
            line.value,
            line.row.placement.person.family_name if line.row else "",
        )
        for line in paste.lines
    ]


def numbers(desk: Desk) -> list[str]:
    """Return the persons' numbers in the sheet's order."""
    return [row.placement.person.number_display for row in rows_of(desk)]


def test_one_column_fills_downwards_from_a_row(desk: Desk) -> None:
    assert told(read(desk, "b\nF\n", start=1)) == [
        (1, K.CHANGE, "B", "Berg"),
        (2, K.CHANGE, "F", "Öst"),
    ]


def test_an_empty_cell_leaves_its_row_alone_and_an_equal_one_too(desk: Desk) -> None:
    teacher = desk.teacher()
    teacher.post(desk.sheet, typed(teacher.get(desk.sheet).content.decode(), _0="A", _1="B"))
    assert told(read(desk, "\nB\nC")) == [
        (1, K.EMPTY, "", "Ahmadi"),
        (2, K.SAME, "B", "Berg"),
        (3, K.CHANGE, "C", "Öst"),
    ]


def test_a_heading_does_not_move_the_grades(desk: Desk) -> None:
    assert told(read(desk, "Betyg\nA\nB\nC")) == [
        (1, K.HEADING, "", ""),
        (2, K.CHANGE, "A", "Ahmadi"),
        (3, K.CHANGE, "B", "Berg"),
        (4, K.CHANGE, "C", "Öst"),
    ]


def test_what_is_no_grade_and_what_is_too_much_is_said(desk: Desk) -> None:
    paste = read(desk, "MVG\nB\n-\nD")
    assert [(line.number, line.text, line.why) for line in paste.unread] == [
        (1, "MVG", "Det är inget betyg i skalan A–F."),
        (3, "-", "Det är inget betyg i skalan A–F."),
        (4, "D", "Det finns ingen rad kvar i gruppen."),
    ]
    assert [line.value for line in paste.changes] == ["B"]


def test_a_locked_row_is_not_changed(desk: Desk) -> None:
    desk.stage.decide(desk.placements[1], "A")
    paste = read(desk, "B\nC\nD")
    assert [line.row.placement.id for line in paste.changes if line.row] == [
        desk.placements[0].id,
        desk.placements[2].id,
    ]
    assert [(line.number, line.text) for line in paste.unread] == [(2, "C")]
    assert "beslutade A" in paste.unread[0].why


@pytest.mark.parametrize(
    "written",
    [
        "{0}\tA\n{2}\tC",
        "Personnummer\tNamn\tBetyg\n{2}\tPer Öst\tC\n{0}\tNilofar\tA",
        "C\t{2}\nA\t{0}",
        "{0};A\r\n{2};C\r\n",
    ],
)
def test_two_columns_are_matched_by_number_in_any_order(desk: Desk, written: str) -> None:
    paste = read(desk, written.format(*numbers(desk)), start=1)
    assert paste.by_number
    assert {line.row.placement.id: line.value for line in paste.changes if line.row} == {
        desk.placements[0].id: "A",
        desk.placements[2].id: "C",
    }
    assert paste.unread == []


def test_a_number_may_be_written_short(desk: Desk) -> None:
    short = numbers(desk)[0].replace("-", "")[2:]
    assert told(read(desk, f"{short}\tA")) == [(1, K.CHANGE, "A", "Ahmadi")]


def test_a_number_that_is_unknown_wrong_or_there_twice_is_not_matched(desk: Desk) -> None:
    first, second, _third = numbers(desk)
    stranger = next(desk.stage.town.numbers)
    wrong = f"{first[:-1]}{(int(first[-1]) + 1) % 10}"
    paste = read(desk, f"{stranger}\tA\n{wrong}\tB\n{second}\tC\n{second}\tD")
    assert paste.changes == []
    assert [line.why.partition(".")[0].partition(":")[0] for line in paste.unread] == [
        "Ingen i gruppen har numret",
        "Kontrollsiffran stämmer inte",
        "Numret står på mer än en av raderna",
        "Numret står på mer än en av raderna",
    ]


def test_a_hidden_identity_is_never_confirmed_by_its_number(desk: Desk) -> None:
    number = next(desk.stage.town.numbers)
    person = desk.stage.town.person("Abel", "Aalto", number=number, protection="Sekretessmarkering")
    desk.stage.place(person)
    stranger = next(desk.stage.town.numbers)
    hidden, unknown = read(desk, f"{number}\tA\n{stranger}\tA").unread
    assert (hidden.why, hidden.row) == (unknown.why, unknown.row)
    answer = desk.teacher().post(f"{desk.sheet}klistra-in/", {"text": f"{number}\tA"})
    assert "Aalto" not in answer.content.decode()


def test_a_pasted_column_is_shown_and_nothing_is_stored(desk: Desk) -> None:
    teacher = desk.teacher()
    answer = teacher.post(f"{desk.sheet}klistra-in/", {"text": "A\n<b>\nC"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert ("2 betyg ändras om du sparar" in html, "&lt;b&gt;" in html) == (True, True)
    assert "<b>" not in html.partition("<table")[2]
    assert drafts() == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Klistra in minst en rad."), ("A\n" * 1001, "Det är fler än 1000 rader.")],
    ids=["nothing", "too much"],
)
def test_nothing_and_too_much_are_refused_in_words(desk: Desk, text: str, said: str) -> None:
    teacher = desk.teacher()
    for headers in ({}, {"X-Requested-With": "fetch"}):
        answer = teacher.post(f"{desk.sheet}klistra-in/", {"text": text}, headers=headers)
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_who_does_not_type_does_not_paste(desk: Desk) -> None:
    assert desk.principal().post(f"{desk.sheet}klistra-in/", {"text": "A"}).status_code == 403


@given(st.lists(st.text(alphabet="AFab1 \t;-Å", max_size=4), min_size=1, max_size=8))
def test_every_line_is_numbered_once_and_none_changes_a_sheet_without_rows(
    lines: list[str],
) -> None:
    text = "\n".join(lines)
    paste = read_paste(text, [], 0, TODAY)
    expected = range(1, len(lines_of(text)) + 1)
    assert {line.number for line in paste.lines} <= set(expected)
    assert len({line.number for line in paste.lines}) == len(paste.lines)
    assert paste.changes == []
