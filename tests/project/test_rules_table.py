"""docs/rules.md: every rule of the program, with its source, its code and its test."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

from tests.project.tables import rows_of
from tools.python_source import PACKAGE, ROOT, FoundProblem, Module, modules, problems

TABLE = rows_of("docs/rules.md", "id")
SAMPLES = {"src/provning/web/showcase.py"}
CASES = rows_of("docs/rules.md", "case")
NUMBERS = [*range(13, 21), *range(54, 73), *range(83, 95)]
"""Dates, the decision, and what is kept: the numbers that must each have an answer."""


@cache
def rules() -> tuple[FoundProblem, ...]:
    """Return every problem the program can make."""
    return tuple(problem for problem in problems() if problem.path not in SAMPLES)


def test_every_problem_is_a_row_and_every_row_a_problem() -> None:
    codes = {code for problem in rules() for code in problem.codes or ()}
    assert {row["id"].strip("`") for row in TABLE} == codes


def test_no_rule_has_two_rows() -> None:
    assert [name for name, count in Counter(row["id"] for row in TABLE).items() if count > 1] == []


def test_every_row_is_filled_in() -> None:
    assert [row["id"] for row in TABLE if not all(row.values())] == []


def test_the_code_of_every_problem_can_be_read_in_the_source() -> None:
    unread = [each for each in rules() if not each.codes or not each.messages]
    assert [f"{each.path}:{each.line}" for each in unread] == []


def test_every_row_names_the_function_that_makes_the_problem() -> None:
    places: dict[str, set[str]] = {}
    for each in rules():
        for code in each.codes or ():
            path = each.path.removeprefix("src/provning/")
            places.setdefault(code, set()).add(f"{path}:{each.function}")
    wrong = {}
    for row in TABLE:
        path, _, function = row["code"].strip("`").partition(":")
        made = places[row["id"].strip("`")]
        there = function in functions_of(PACKAGE / path)
        if not there or path not in {place.partition(":")[0] for place in made}:
            wrong[row["id"]] = (row["code"], sorted(made))
    assert wrong == {}


def test_every_row_names_a_test() -> None:
    assert [row["id"] for row in TABLE if not is_test(row["test"])] == []


def test_every_numbered_case_has_one_row_that_says_what_the_program_answers() -> None:
    assert [int(row["case"]) for row in CASES] == NUMBERS
    assert [row["case"] for row in CASES if not all(row.values())] == []


def test_every_case_names_tests_that_exist() -> None:
    named = [(row["case"], test) for row in CASES for test in row["test"].split(", ")]
    assert [(case, test) for case, test in named if not is_test(test)] == []


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
    for problem in rules():
        for code in problem.codes or ():
            cited.setdefault(code, set()).update(filter(None, problem.sources or ()))
    differing = [
        row["id"]
        for row in TABLE
        if cited[row["id"].strip("`")] and row["source"] not in cited[row["id"].strip("`")]
    ]
    assert differing == []


def test_codes_are_written_alike() -> None:
    codes = {code for problem in rules() for code in problem.codes or ()}
    odd = [code for code in codes if not all(part.isalnum() for part in code.split("-"))]
    assert [code for code in odd if code.lower() != code] == []
    assert odd == []


def is_test(named: str) -> bool:
    """Say whether there is the test that a row names: `folder/file.py::function`."""
    path, _, function = named.strip("`").partition("::")
    return function in functions_of(ROOT / "tests" / path)


@cache
def functions_of(path: Path) -> set[str]:
    """Return the names of the functions in a file, both alone and with their class."""
    known = {ROOT / module.path: module for module in modules()}
    module = known.get(path) or Module(str(path), path.read_text("utf-8"))
    return {name for full in module.functions for name in (full, full.rpartition(".")[2])}
