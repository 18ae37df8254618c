"""docs/rules.md: every rule of the program, with its source, its code and its test."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.project.tables import rows_of
from tools.python_source import PACKAGE, ROOT, Module, modules, problems

TABLE = rows_of("docs/rules.md", "id")
SAMPLES = {"src/provning/web/showcase.py"}
CASES = rows_of("docs/rules.md", "case")
NUMBERS = [*range(13, 21), *range(54, 73), *range(83, 95)]
"""Dates, the decision, and what is kept: the numbers that must each have an answer."""
RULES = [problem for problem in problems() if problem.path not in SAMPLES]


def test_every_problem_is_a_row_and_every_row_a_problem() -> None:
    codes = {code for problem in RULES for code in problem.codes or ()}
    assert {row["id"].strip("`") for row in TABLE} == codes


def test_no_rule_has_two_rows() -> None:
    assert [name for name, count in Counter(row["id"] for row in TABLE).items() if count > 1] == []


def test_every_row_is_filled_in() -> None:
    assert [row["id"] for row in TABLE if not all(row.values())] == []


def test_the_code_of_every_problem_can_be_read_in_the_source() -> None:
    unread = [each for each in RULES if not each.codes or not each.messages]
    assert [f"{each.path}:{each.line}" for each in unread] == []


@pytest.mark.parametrize("row", TABLE, ids=[row["id"] for row in TABLE])
def test_the_row_names_the_function_that_makes_the_problem(row: dict[str, str]) -> None:
    named = row["code"].strip("`")
    code = row["id"].strip("`")
    places = {
        f"{each.path.removeprefix('src/provning/')}:{each.function}"
        for each in RULES
        if code in (each.codes or ())
    }
    path, _, function = named.partition(":")
    assert function in functions_of(PACKAGE / path), f"{named} is not there; see {sorted(places)}"
    assert path in {place.partition(":")[0] for place in places}


@pytest.mark.parametrize("row", TABLE, ids=[row["id"] for row in TABLE])
def test_the_row_names_a_test(row: dict[str, str]) -> None:
    path, _, function = row["test"].strip("`").partition("::")
    assert function in functions_of(ROOT / "tests" / path)


def test_every_numbered_case_has_one_row_that_says_what_the_program_answers() -> None:
    assert [int(row["case"]) for row in CASES] == NUMBERS
    assert [row["case"] for row in CASES if not all(row.values())] == []


@pytest.mark.parametrize("row", CASES, ids=[row["case"] for row in CASES])
def test_the_case_names_tests_that_exist(row: dict[str, str]) -> None:
    for named in row["test"].split(", "):
        path, _, function = named.strip("`").partition("::")
        assert function in functions_of(ROOT / "tests" / path), named


def test_every_test_that_is_named_after_a_case_belongs_to_a_case_with_a_row() -> None:
    named = {
        number
        for path in (ROOT / "tests").rglob("test_*.py")
        for function in re.findall(
            r"def test_case_([0-9]+(?:_and_[0-9]+)*)", path.read_text("utf-8")
        )
        for number in function.split("_and_")
    }
    elsewhere = {"7", "29", "35"}
    """Cases of groups and persons, which other rules answer."""
    assert named - {row["case"] for row in CASES} == elsewhere


def test_the_row_cites_what_the_code_cites() -> None:
    cited: dict[str, set[str]] = {}
    for problem in RULES:
        for code in problem.codes or ():
            cited.setdefault(code, set()).update(filter(None, problem.sources or ()))
    differing = [
        row["id"]
        for row in TABLE
        if cited[row["id"].strip("`")] and row["source"] not in cited[row["id"].strip("`")]
    ]
    assert differing == []


def test_codes_are_written_alike() -> None:
    codes = {code for problem in RULES for code in problem.codes or ()}
    odd = [code for code in codes if not all(part.isalnum() for part in code.split("-"))]
    assert [code for code in odd if code.lower() != code] == []
    assert odd == []


@cache
def functions_of(path: Path) -> set[str]:
    """Return the names of the functions in a file, both alone and with their class."""
    known = {ROOT / module.path: module for module in modules()}
    module = known.get(path) or Module(str(path), ast.parse(path.read_text("utf-8")))
    return {name for full in module.functions for name in (full, full.rpartition(".")[2])}
