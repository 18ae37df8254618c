"""The name codec on the command line, for those who have nothing else of ours."""

import json

import pytest

from provning.cli.main import main


def build(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the name that `group-name build` prints."""
    assert main(["group-name", "build", *words]) == 0
    return capsys.readouterr().out.strip()


def test_the_manuals_first_name(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--initials", "KC", "--term", "VT23", "--course", "MATMAT03b")
    assert build(capsys, *words) == "PRÖ:KC23VTMAT03B"


def test_the_manuals_second_teacher(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--initials", "KC", "--term", "VT22", "--course", "matmat03B", "--number", "2")
    assert build(capsys, *words) == "PRÖ:KC22VTMAT03B2"


def test_a_level_of_gy25_keeps_its_whole_code(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--initials", "KC", "--term", "HT26", "--course", "MATO1B00X")
    assert build(capsys, *words) == "PRÖ:KC26HTMATO1B00X"


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--initials", "K1", "--term", "VT23", "--course", "MATMAT03b"), "siffror"),
        (("--initials", "KC", "--term", "vår", "--course", "MATMAT03b"), "ingen termin"),
        (("--initials", "KC", "--term", "VT23", "--course", "MATMAT99"), "finns inte i registret"),
    ],
)
def test_what_cannot_be_built_is_said_in_swedish(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], problem: str
) -> None:
    assert main(["group-name", "build", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert problem in printed.err


def test_reading_gives_every_course_the_name_may_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["group-name", "read", "PRÖ:KC22VTMAT03B2"]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = [
        {key: each[key] for key in ("initials", "term", "course", "number")}
        for each in answer["candidates"]
    ]
    assert found == [{"initials": "KC", "term": "VT22", "course": "MATMAT03b", "number": 2}]
    assert answer["problems"] == []


def test_a_near_miss_is_named_and_still_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["group-name", "read", "PRO:KC23VTMAT03B"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["course"] for each in answer["candidates"]] == ["MATMAT03b"]
    assert [each["code"] for each in answer["problems"]] == ["group-name-prefix-letter"]


def test_a_name_without_candidates_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["group-name", "read", "Matte onsdag"]) == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out)["candidates"] == []
    assert printed.err != ""


def test_a_name_with_the_whole_code_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["group-name", "read", "PRÖ:KC26HTPSYPSY01"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["course"] for each in answer["candidates"]] == ["PSYPSY01"]
    assert answer["problems"] == []
