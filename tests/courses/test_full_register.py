"""The project's own register, loaded whole: what is in it and how it is found."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from provning.courses.models import Course, CourseWord
from provning.courses.queries import (
    CourseHit,
    course_by_code,
    course_by_id,
    courses_by_id,
    name_index,
    packaged_name_index,
    search_courses,
    subject_levels,
)
from provning.courses.register_files import read_register
from provning.kernel.group_names import name_part, naming_rule_for, read_group_name
from provning.kernel.swedish import sort_key
from tests.courses.registers import TODAY, load
from tests.support.kept import KEEPER

REGISTER = read_register()
CODES = [course.code for course in REGISTER.by_key.values()]


@pytest.fixture(scope="module", autouse=True)
def _loaded(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the register once for the module and leave nothing behind; the tests only read."""
    request.getfixturevalue("django_db_setup")
    KEEPER.close()  # A world with a register of its own would be met here: it comes first.
    with django_db_blocker.unblock(), transaction.atomic():
        load(None)
        yield
        transaction.set_rollback(True)


def found(text: str, *, on: date = TODAY, limit: int = 20) -> list[str]:
    """Return the codes a search answers with."""
    return [hit.course.code for hit in search_courses(text, on=on, limit=limit)]


def hit_of(code: str, *, on: date = TODAY) -> CourseHit:
    """Return what a search for a code puts first."""
    return search_courses(code, on=on)[0]


def test_every_course_of_the_files_is_there() -> None:
    stored = Course.objects.values_list("code", flat=True)
    assert sorted(stored) == sorted(CODES)


def test_every_code_is_a_word_of_its_own_course() -> None:
    words = set(CourseWord.objects.values_list("course__code", "key"))
    assert [code for code in CODES if (code, sort_key(code)) not in words] == []


def test_a_code_comes_first_even_when_other_codes_begin_with_it() -> None:
    keys = sorted(REGISTER.by_key)
    shared = [key for key, after in pairwise(keys) if after.startswith(key)]
    assert len(shared) == 74
    assert [key for key in shared if found(key, limit=1)[0].casefold() != key] == []


def test_codes_are_found_in_any_case() -> None:
    sample = CODES[::40]
    assert [code for code in sample if found(code.swapcase(), limit=1) != [code]] == []


@pytest.mark.parametrize(
    ("text", "limit"), [("m", 20), ("m", 500), ("matematik 3", 20), ("MATMAT03b", 1)]
)
def test_a_search_takes_two_queries_whatever_it_finds(text: str, limit: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        search_courses(text, on=TODAY, limit=limit)
    assert len(queries) == 2


def test_nothing_typed_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert search_courses("  – ", on=TODAY) == []
    assert len(queries) == 0


def test_several_words_are_all_needed_in_any_order() -> None:
    assert found("3b matem") == ["MATMAT03b"]
    assert found("matem 3b") == ["MATMAT03b"]


def test_the_part_of_the_group_name_finds_the_course() -> None:
    assert found("mat03b") == ["MATMAT03b"]


def test_å_ä_and_ö_are_letters_of_their_own() -> None:
    assert "VÅRVÅR01" in found("vård")
    assert found("vard") == ["BEVVAR0", "VARD1000X"]
    assert found("varvar01") == []
    assert found("FÖRFÖR0", limit=2) == ["FÖRFÖR00S", "FÖRFÖR01"]


def test_decomposed_letters_are_the_same_letters() -> None:
    assert found("va\u030arva\u030ar01") == ["VÅRVÅR01"]


def test_names_that_begin_as_typed_stand_before_other_matches() -> None:
    selectable = [hit for hit in search_courses("engelska", on=TODAY, limit=50) if hit.selectable]
    begins = [hit.course.name.startswith("Engelska") for hit in selectable]
    assert begins == sorted(begins, reverse=True)
    assert set(begins) == {True, False}


def test_a_language_is_found_by_its_subject_and_its_name() -> None:
    assert found("moderna språk nybörjare franska") == ["MODY1000XFRA"]


def test_the_limit_holds() -> None:
    assert len(found("m", limit=7)) == 7


def test_selectable_courses_come_before_those_that_explain_themselves() -> None:
    selectable = [hit.selectable for hit in search_courses("moderna", on=TODAY, limit=500)]
    assert selectable == sorted(selectable, reverse=True)
    assert set(selectable) == {True, False}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("MODY1000X", "mall utan språk"),
        ("MODXXX01", "mall utan språk"),
        ("GRNORI21B", "betygsätts inte"),
        ("SGRIND7", "betygsätts inte"),
        ("GRNHEM2", "har utgått"),
        ("GYARNA", "komvuxarbetet"),
    ],
)
def test_what_may_not_be_examined_says_why(code: str, words: str) -> None:
    hit = hit_of(code)
    assert (hit.course.code, hit.selectable) == (code, False)
    assert words in hit.explanation


@pytest.mark.parametrize("code", ["MATMAT03b", "MATO1B00X", "GRNMAT2", "SFIKUD9", "SGRMAT7"])
def test_what_may_be_examined_needs_no_explanation(code: str) -> None:
    hit = hit_of(code)
    assert (hit.course.code, hit.selectable, hit.explanation) == (code, True, "")


def test_gy11_explains_itself_after_its_last_day() -> None:
    assert hit_of("MATMAT03b", on=date(2030, 6, 30)).selectable
    late = hit_of("MATMAT03b", on=date(2030, 7, 1))
    assert late.explanation == (
        "Prövning i MATMAT03b Matematik 3b kan göras till och med 2030-06-30, inte 2030-07-01."
        " Välj ämnesnivån enligt Gy25."
    )


def test_a_pair_is_shown_from_both_sides() -> None:
    assert hit_of("MATMAT03b").pairs == ("MATO1B00X",)
    assert hit_of("MATO1B00X").pairs == ("MATMAT03b",)
    assert hit_of("VÅRVÅR01").pairs == ()


def test_the_manuals_course_has_its_points() -> None:
    course = course_by_code("matmat03B")
    assert course is not None
    assert (course.code, course.name, course.points) == ("MATMAT03b", "Matematik 3b", 100)
    assert course_by_id(course.id) == course
    assert courses_by_id([course.id]) == {course.id: course}


def test_an_unknown_code_is_nothing() -> None:
    assert course_by_code("MATMAT99") is None


def test_the_index_over_the_tables_is_the_index_over_the_files() -> None:
    with CaptureQueriesContext(connection) as queries:
        stored = name_index()
    assert len(queries) == 1
    packaged = packaged_name_index()
    parts = {name_part(code, naming_rule_for(code)) for code in CODES}
    assert [part for part in parts if stored.courses(part) != packaged.courses(part)] == []
    assert [course.code for course in stored.courses("PSY01")] == ["PSYPSY01", "PSKPSY01"]


def test_the_manuals_names_are_read_against_the_register() -> None:
    reading = read_group_name("PRÖ:KC22VTMAT03B2", packaged_name_index())
    assert [(each.course, each.number) for each in reading.candidates] == [("MATMAT03b", 2)]


def test_no_group_is_named_by_a_template() -> None:
    assert packaged_name_index().courses("MODY1000X") == ()
    assert [each.code for each in packaged_name_index().courses("MODY1000XFRA")] == ["MODY1000XFRA"]


def test_the_levels_of_a_subject_are_found_together_with_their_points() -> None:
    levels = {each.level: each.points for each in subject_levels(["SAMH"])}
    assert levels == {"1a1": 50, "1a2": 50, "1b": 100, "2": 100, "3": 100}


def test_english_names_are_read_where_there_are_any() -> None:
    found = [course_by_code(code) for code in ("ADMADM01", "ADMI1000X")]
    assert [each.name_en for each in found if each] == ["Administration 1", ""]
