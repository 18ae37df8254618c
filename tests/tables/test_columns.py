"""Headings: recognised by their words, chosen by hand, asked for."""

from provning.tables import IGNORED, Column, Heading, Row, find_header, match_columns
from provning.tables.rows import column_letters

NUMBER = Column("number", "Personnummer", ("pnr", "elevens personnummer"), required=True)
FIRST = Column("first_day", "Fr.o.m.", ("från och med", "startdatum"))
COURSE = Column("course", "Kurskod", ("kurs", "kod för kursen"), required=True)
COLUMNS = (NUMBER, FIRST, COURSE)


def test_case_spaces_and_signs_of_a_heading_do_not_count() -> None:
    header = Row(1, ("PERSON-NUMMER", "From", " kurs kod: "))
    assert match_columns(header, COLUMNS).places == {"number": 0, "first_day": 1, "course": 2}


def test_a_column_is_found_by_each_of_its_headings() -> None:
    header = Row(1, ("Kurs", "Från och med", "Pnr"))
    match = match_columns(header, COLUMNS)
    assert (match.places, match.problems) == ({"course": 0, "first_day": 1, "number": 2}, ())


def test_what_is_not_known_is_given_for_choosing_by_hand() -> None:
    match = match_columns(Row(1, ("Pnr", "Kod", "", "Anm")), COLUMNS)
    assert match.unknown == (Heading(1, "Kod"), Heading(3, "Anm"))
    assert match.missing == (COURSE,)
    assert [each.text for each in match.problems] == [
        "Kolumnen Kurskod hittades inte. Välj för hand vilken kolumn det är."
    ]


def test_a_choice_by_hand_goes_before_the_words() -> None:
    header = Row(1, ("Pnr", "Kurs", "Kurskod (ny)"))
    match = match_columns(header, COLUMNS, {"kurskod ny": "course"})
    assert match.places == {"number": 0, "course": 2}
    assert match.unknown == (Heading(1, "Kurs"),)
    assert match.problems == ()


def test_a_column_may_be_chosen_by_its_letters() -> None:
    assert match_columns(Row(1, ("Pnr", "?")), COLUMNS, {"B": "course"}).places["course"] == 1


def test_a_column_may_be_left_out_by_hand() -> None:
    match = match_columns(Row(1, ("Pnr", "Kurs", "Kurskod")), COLUMNS, {"kurskod": IGNORED})
    assert (match.places, match.unknown, match.problems) == ({"number": 0, "course": 1}, (), ())


def test_a_choice_for_another_files_heading_changes_nothing() -> None:
    match = match_columns(Row(1, ("Pnr", "Kurs")), COLUMNS, {"kurskod ny": "course"})
    assert match.places == {"number": 0, "course": 1}


def test_two_columns_that_say_the_same_are_never_chosen_between() -> None:
    match = match_columns(Row(1, ("Pnr", "Kurs", "Kod för kursen")), COLUMNS)
    assert [each.text for each in match.problems] == [
        "Kolumnerna B (Kurs) och C (Kod för kursen) är båda Kurskod. Välj för hand vilken som ska"
        " användas."
    ]


def test_the_heading_that_is_the_label_itself_goes_before_the_others() -> None:
    match = match_columns(Row(1, ("Pnr", "Kurs", "Kurskod")), COLUMNS)
    assert (match.places, match.unknown) == ({"number": 0, "course": 2}, (Heading(1, "Kurs"),))
    assert match.problems == ()


def test_a_title_above_the_table_is_passed_over() -> None:
    rows = [
        Row(1, ("Rapport från registret",)),
        Row(3, ("Personnummer", "Kurs")),
        Row(4, ("1", "x")),
        Row(5, ("2", "y")),
    ]
    match, rest = find_header(iter(rows), COLUMNS)
    assert match.header == rows[1]
    assert list(rest) == rows[2:]


def test_rows_beyond_the_searched_ones_are_given_too() -> None:
    rows = [Row(1, ("Pnr", "Kurs")), *(Row(number, ("1", "x")) for number in range(2, 100))]
    assert list(find_header(iter(rows), COLUMNS)[1]) == rows[1:]


def test_a_file_without_rows_lacks_what_is_required() -> None:
    match, rest = find_header(iter([]), COLUMNS)
    assert (match.missing, list(rest)) == ((NUMBER, COURSE), [])


def test_a_row_is_read_by_the_names_of_its_columns() -> None:
    match = match_columns(Row(1, ("Pnr", "Kurs")), COLUMNS)
    assert match.texts(Row(2, ("1",))) == {"number": "1", "course": ""}
    assert match.text(Row(2, ("1", "x")), "first_day") == ""


def test_a_row_with_cells_beyond_the_headings_is_suspect() -> None:
    match = match_columns(Row(1, ("Pnr", "Kurs")), COLUMNS)
    stray = match.stray(Row(7, ("1", "Öberg", "Åsa")))
    assert stray
    assert (stray.code, stray.params) == ("table-row-wider", {"row": 7})
    assert match.stray(Row(8, ("1", "x", ""))) is None


def test_columns_are_called_what_excel_calls_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 255, 16_383)] == [
        "A", "Z", "AA", "IV", "XFD",
    ]  # fmt: skip
