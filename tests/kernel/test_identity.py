"""Identity numbers: what is accepted, in which form, and why the rest is refused."""

import random
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.identity import (
    IdentityNumber,
    NumberKind,
    checksum_holds,
    identity_problems,
    parse_identity_number,
)
from provning.kernel.problems import ProblemsFoundError
from tests.support.official import Listed, official_test_numbers

TODAY = date(2026, 5, 14)
SAMPLE_SIZE = 400


@pytest.fixture(scope="module")
def listed() -> tuple[Listed, ...]:
    """Return every published test number."""
    return official_test_numbers()


@pytest.fixture(scope="module")
def personnummer(listed: tuple[Listed, ...]) -> list[str]:
    """Return the published test personnummer."""
    return [row.number for row in listed if row.kind == "personnummer"]


def codes(text: str) -> list[str]:
    """Return the codes of the problems of a text."""
    return [problem.code for problem in identity_problems(text, today=TODAY)]


def one_digit_changed(last_ten: str) -> Iterator[str]:
    """Give the ninety numbers that differ from a number in one digit."""
    for place, right in enumerate(last_ten):
        before, after = last_ten[:place], last_ten[place + 1 :]
        for digit in "0123456789".replace(right, ""):
            yield before + digit + after


def test_every_published_test_number_is_accepted_with_its_kind_and_birth_date(
    listed: tuple[Listed, ...],
) -> None:
    assert len(listed) == 43_733
    read = [parse_identity_number(row.number, today=TODAY) for row in listed]
    found = [
        Listed(number.normal, number.kind.value, str(number.birth_date or "")) for number in read
    ]
    assert tuple(found) == listed


def test_every_published_number_is_read_back_from_its_display_form(
    listed: tuple[Listed, ...],
) -> None:
    for row in listed:
        number = parse_identity_number(row.number, today=TODAY)
        assert number.display == f"{row.number[:8]}-{row.number[8:]}"
        assert parse_identity_number(number.display, today=TODAY) == number


def test_every_published_number_is_read_from_ten_digits_with_its_sign(
    listed: tuple[Listed, ...],
) -> None:
    for row in listed:
        sign = "+" if int(row.number[:4]) <= TODAY.year - 100 else "-"
        short = f"{row.number[2:8]}{sign}{row.number[8:]}"
        assert parse_identity_number(short, today=TODAY).normal == row.number


def test_the_checksum_refuses_every_change_of_one_digit_in_every_personnummer(
    personnummer: list[str],
) -> None:
    accepted = [
        changed
        for number in personnummer
        for changed in one_digit_changed(number[2:])
        if checksum_holds(changed)
    ]
    assert accepted == []


def test_reading_refuses_every_change_of_one_digit_in_a_sample_of_400_personnummer(
    personnummer: list[str],
) -> None:
    sample = random.Random(20_260_514).sample(personnummer, SAMPLE_SIZE)  # noqa: S311 # no secret
    without = [
        changed
        for number in sample
        for changed in one_digit_changed(number[2:])
        if "identity-checksum" not in codes(number[:2] + changed)
    ]
    assert without == []


@pytest.mark.parametrize(
    "text",
    [
        "199001012385",
        "19900101-2385",
        " 19900101 2385 ",
        "900101-2385",
        "9001012385",
        "900101\u20132385",
        "900101\u22122385",
        "1990\u00a00101\u200b-2385\ufeff",
    ],
)
def test_a_number_is_read_as_people_write_and_paste_it(text: str) -> None:
    expected = IdentityNumber("199001012385", NumberKind.PERSONNUMMER, date(1990, 1, 1))
    assert parse_identity_number(text, today=TODAY) == expected


def test_the_plus_sign_means_that_the_person_turns_100_this_year_or_has_done_so() -> None:
    assert parse_identity_number("900411+9807", today=TODAY).normal == "189004119807"
    assert parse_identity_number("18900411+9807", today=TODAY).normal == "189004119807"


def test_a_hyphen_for_someone_who_turns_100_later_this_year_asks_for_twelve_digits() -> None:
    (problem,) = identity_problems("261204-9029", today=TODAY)
    assert problem.code == "identity-future"
    assert problem.text == (
        "2026-12-04 har inte varit än. Kontrollera årtalet och skriv numret med tolv siffror."
    )


def test_a_plus_sign_against_the_written_century_is_refused() -> None:
    assert codes("19900101+2385") == ["identity-sign"]


@pytest.mark.parametrize("text", ["19900101TF10", "19900101-tf10", "19900101 TF 10"])
def test_a_temporary_number_with_tf_is_stored_in_upper_case(text: str) -> None:
    expected = IdentityNumber("19900101TF10", NumberKind.TEMPORARY, date(1990, 1, 1))
    assert parse_identity_number(text, today=TODAY) == expected


@pytest.mark.parametrize("text", ["19900101T123", "19900101-t123"])
def test_a_temporary_number_with_t_is_stored_in_upper_case(text: str) -> None:
    expected = IdentityNumber("19900101T123", NumberKind.TEMPORARY, date(1990, 1, 1))
    assert parse_identity_number(text, today=TODAY) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "identity-empty"),
        (" \u200b", "identity-empty"),
        ("1,99E+11", "identity-excel"),
        ("1.99004E+11", "identity-excel"),
        ("2E+11", "identity-excel"),
        ("199001012385.0", "identity-excel"),
        ("19900101-23O5", "identity-characters"),
        ("Anna Andersson", "identity-characters"),
        (
            "\u0661\u0669\u0669\u0660\u0660\u0661\u0660\u0661\u0669\u0668\u0660\u0662",
            "identity-characters",
        ),
        ("90041198", "identity-length"),
        ("1990010123857", "identity-length"),
        ("1990-0101-2385", "identity-separator"),
        ("900101--2385", "identity-separator"),
        ("900101TF10", "identity-temporary"),
        ("19900101TF1", "identity-temporary"),
        ("19900101T1234", "identity-temporary"),
        ("19900230TF10", "identity-date"),
        ("20260515TF10", "identity-future"),
        ("10900101TF10", "identity-century"),
        ("189004119808", "identity-checksum"),
    ],
)
def test_what_is_wrong_is_named(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_a_personnummer_must_have_a_real_date() -> None:
    assert codes("199002309807") == ["identity-date", "identity-checksum"]


def test_a_samordningsnummer_must_have_a_day_its_month_can_have() -> None:
    assert codes("199002909807") == ["identity-date", "identity-checksum"]


def test_a_person_born_today_has_a_number_and_one_born_tomorrow_has_none() -> None:
    assert codes("20260514TF10") == []
    assert codes("20260515TF10") == ["identity-future"]


def test_excel_is_named_with_what_it_left_and_the_way_out() -> None:
    (problem,) = identity_problems("1,99E+11", today=TODAY)
    assert problem.text == (
        "Excel har gjort om numret till ”1,99E+11”."
        " Sätt kolumnen till text och hämta numret på nytt från källan."
    )


def test_parsing_raises_all_the_problems_that_were_found() -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        parse_identity_number("199002309807", today=TODAY)
    assert refused.value.problems == identity_problems("199002309807", today=TODAY)


@given(st.text(max_size=16) | st.text(alphabet="0123456789-+TF ", max_size=16))
def test_any_text_is_either_read_in_normal_form_or_refused_with_problems(text: str) -> None:
    problems = identity_problems(text, today=TODAY)
    assert all(problem.text for problem in problems)
    if not problems:
        number = parse_identity_number(text, today=TODAY)
        assert len(number.normal) == 12
        assert parse_identity_number(number.normal, today=TODAY) == number
        assert parse_identity_number(number.display, today=TODAY) == number


@given(st.dates(date(1800, 1, 1), TODAY), st.from_regex(r"\ATF[0-9]{2}\Z|\AT[0-9]{3}\Z"))
def test_every_temporary_number_is_read_back_from_both_forms(born: date, serial: str) -> None:
    normal = f"{born:%Y%m%d}{serial}"
    number = parse_identity_number(normal.lower(), today=TODAY)
    assert number == IdentityNumber(normal, NumberKind.TEMPORARY, born)
    assert parse_identity_number(number.display, today=TODAY) == number
