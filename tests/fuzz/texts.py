"""Readers of short texts: what they accept must read the same again, what they refuse is said."""

from datetime import date
from functools import cache
from typing import Final

import pytest

from provning.courses.register_files import packaged_name_index
from provning.feeds.intervals import read_end
from provning.kernel.course_codes import course_key
from provning.kernel.grade_scales import ScaleFamily, grade_value_problems, normalise_value
from provning.kernel.group_names import NameIndex, NamingRule, build_group_name, read_group_name
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.terms import Term
from provning.publishing.asking import AskedWronglyError, TokenExpiredError
from provning.publishing.moments import moment_text, read_day, read_moment
from provning.publishing.tokens import read_token
from provning.tables import heading_key
from provning.tables.dates import read_date
from provning.web.grades.paste import read_paste
from provning.web.selection import read_term

TODAY: Final = date(2026, 11, 25)


def identity_number(data: bytes) -> None:
    """Hold that a number that is read has one normal form, which is read as itself."""
    try:
        found = parse_identity_number(_text(data), today=TODAY)
    except ProblemsFoundError as error:
        _said(error)
        return
    assert parse_identity_number(found.normal, today=TODAY) == found
    assert parse_identity_number(found.display, today=TODAY) == found


def group_name(data: bytes) -> None:
    """Hold that a name without problems is one that the program itself would have built."""
    text = _text(data)
    reading = read_group_name(text, _index())
    assert reading.problems or reading.candidates
    if reading.problems:
        return
    exact = [each for each in reading.candidates if each.exact]
    assert exact
    for each in exact:
        built = {
            build_group_name(each.initials, each.term, each.course, number=each.number, rule=rule)
            for rule in NamingRule
        }
        assert text in built


def term(data: bytes) -> None:
    """Hold that a term that is read is written as a term that is read."""
    text = _text(data)
    read_term(text)
    try:
        found = Term.parse(text)
    except ProblemsFoundError as error:
        _said(error)
        return
    assert Term.parse(found.label) == found


def day(data: bytes) -> None:
    """Hold that a day is read again from its ISO form; everything else is a problem."""
    text = _text(data)
    found = read_date(text)
    if isinstance(found, date):
        assert read_date(found.isoformat()) == found
    else:
        assert found.message
    read_day(text)


def moment(data: bytes) -> None:
    """Hold that a moment survives being written; the ends of an interval are read or None."""
    text = _text(data)
    found = read_moment(text)
    if found is not None:
        assert read_moment(moment_text(found)) == found
    for last in (False, True):
        read_end(text, last=last)


def grade_value(data: bytes) -> None:
    """Hold that a value is judged on every scale, whatever it is."""
    text = _text(data)
    for family in ScaleFamily:
        for problem in grade_value_problems(text, family, TODAY):
            assert problem.message
    assert normalise_value(normalise_value(text)) == normalise_value(text)


def course_code(data: bytes) -> None:
    """Hold that what codes and headings are compared by does not change when it is taken twice."""
    text = _text(data)
    assert course_key(course_key(text)) == course_key(text)
    assert heading_key(heading_key(text)) == heading_key(text)


def page_token(data: bytes) -> None:
    """Hold that a token that was not given by us is refused, and never read."""
    with pytest.raises((AskedWronglyError, TokenExpiredError)):
        read_token("persons", _text(data), {})


def pasted_column(data: bytes) -> None:
    """Hold that every line of what is pasted gets its place in the answer."""
    text = _text(data)
    paste = read_paste(text, (), 0, TODAY)
    assert len(paste.lines) <= text.count("\n") + text.count("\r") + 1


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _said(error: ProblemsFoundError) -> None:
    """Hold that a refusal says what is wrong."""
    assert error.problems
    for problem in error.problems:
        assert isinstance(problem, Problem)
        assert problem.message


@cache
def _index() -> NameIndex:
    return packaged_name_index()
