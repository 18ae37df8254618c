"""`provning group-name build|read`: the name codec for those who have nothing else of ours."""

import argparse
import json
import sys
from collections.abc import Iterable

from provning.courses.register_files import packaged_name_index
from provning.kernel.course_codes import course_key
from provning.kernel.group_names import (
    NameIndex,
    build_group_name,
    name_part,
    naming_rule_for,
    read_group_name,
)
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.terms import Term

NOT_UNDERSTOOD = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take either the parts of a name or a name."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="build|read")
    build = ways.add_parser("build", help="bygg namnet av sina delar")
    build.add_argument("--initials", required=True, help="skolinitialer, till exempel KC")
    build.add_argument("--term", required=True, help="termin, till exempel VT23")
    build.add_argument("--course", required=True, help="kurskod, till exempel MATMAT03b")
    build.add_argument("--number", type=int, default=1, help="lärarens nummer (1 syns inte)")
    read = ways.add_parser("read", help="läs ett namn; svaret är JSON")
    read.add_argument("name", help="namnet som det står, inom citattecken")


def run(arguments: argparse.Namespace) -> int:
    """Print the name or the reading; 2 when there is none, with the problems on standard error."""
    index = packaged_name_index()
    try:
        if arguments.way == "build":
            return _build(arguments, index)
        return _read(arguments.name, index)
    except ProblemsFoundError as error:
        _complain(error.problems)
        return NOT_UNDERSTOOD


def _build(arguments: argparse.Namespace, index: NameIndex) -> int:
    code = _official_code(arguments.course, index)
    term = Term.parse(arguments.term)
    rule = naming_rule_for(code)
    print(build_group_name(arguments.initials, term, code, number=arguments.number, rule=rule))
    return 0


def _official_code(typed: str, index: NameIndex) -> str:
    """Return the code as the register writes it."""
    for course in index.courses(name_part(typed, naming_rule_for(typed))):
        if course_key(course.code) == course_key(typed):
            return course.code
    message = "Kurskoden ”{code}” finns inte i registret. Kontrollera koden."
    raise ProblemsFoundError([Problem("course-unknown", "course", message, "", {"code": typed})])


def _read(name: str, index: NameIndex) -> int:
    reading = read_group_name(name, index)
    candidates = [
        {
            "initials": each.initials,
            "term": each.term.code,
            "course": each.course,
            "number": each.number,
            "reason": each.reason,
        }
        for each in reading.candidates
    ]
    problems = [{"code": each.code, "message": each.text} for each in reading.problems]
    answer = {"candidates": candidates, "problems": problems}
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    if candidates:
        return 0
    _complain(reading.problems)
    return NOT_UNDERSTOOD


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        print(problem.text, file=sys.stderr)
