"""Filling and updating the register by files."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.courses.actions import RegisterLoad
from provning.courses.models import Course, CoursePair, CourseWord, RegisterVersion
from provning.courses.queries import course_by_code, course_by_id, search_courses
from provning.kernel.problems import ProblemsFoundError
from tests.courses.registers import CARE, LEVEL, MATHS, PAIR, TODAY, load, write_register

pytestmark = pytest.mark.django_db


def id_of(code: str) -> UUID:
    """Return the id of a stored course."""
    course = course_by_code(code)
    assert course is not None
    return course.id


def test_a_folder_fills_an_empty_register(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS, CARE, LEVEL], [PAIR])
    assert load(folder) == RegisterLoad(created=3, changed=0, unchanged=0, retired=0)
    codes = Course.objects.order_by("sort_key").values_list("code", flat=True)
    assert list(codes) == ["MATO1B00X", "MATMAT03b", "VÅRVÅR01"]
    assert CoursePair.objects.count() == 1


def test_the_same_files_again_do_nothing(tmp_path: Path) -> None:
    folder = write_register(tmp_path, [MATHS, CARE])
    load(folder)
    events = AuditEvent.objects.count()
    assert load(folder) == RegisterLoad(created=0, changed=0, unchanged=2, retired=0)
    assert AuditEvent.objects.count() == events
    assert RegisterVersion.objects.count() == 1


def test_a_load_is_one_event_with_its_counts(tmp_path: Path) -> None:
    load(write_register(tmp_path, [MATHS, CARE]))
    version = RegisterVersion.objects.get()
    events = history_of("course_register", version.pk)
    assert [(event.name, event.actor_name, event.after) for event in events] == [
        (
            "register_loaded",
            "Kursregistret",
            {
                "created": 2,
                "changed": 0,
                "unchanged": 0,
                "retired": 0,
                "digest": version.digest,
            },
        )
    ]


def test_a_changed_course_keeps_its_id(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS, CARE]))
    before = id_of("VÅRVÅR01")
    renamed = {**CARE, "name": "Vårdarbete 1", "points": "150"}
    answer = load(write_register(tmp_path / "new", [MATHS, renamed]))
    assert answer == RegisterLoad(created=0, changed=1, unchanged=1, retired=0)
    course = course_by_id(before)
    assert course is not None
    assert (course.code, course.name, course.points) == ("VÅRVÅR01", "Vårdarbete 1", 150)


def test_the_new_name_is_found_and_the_old_one_is_not(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [CARE]))
    load(write_register(tmp_path / "new", [{**CARE, "name": "Undersköterska 1"}]))
    assert [hit.course.code for hit in search_courses("under", on=TODAY)] == ["VÅRVÅR01"]
    assert search_courses("omsorgsarbete", on=TODAY) == []


def test_a_code_written_in_another_case_is_the_same_course(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [{**MATHS, "code": "MATMAT03B"}]))
    before = id_of("MATMAT03B")
    load(write_register(tmp_path / "new", [MATHS]))
    course = course_by_id(before)
    assert course is not None
    assert course.code == "MATMAT03b"


def test_a_course_the_files_lack_becomes_historic_and_keeps_its_id(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS, CARE]))
    before = course_by_code("VÅRVÅR01")
    assert before is not None
    answer = load(write_register(tmp_path / "new", [MATHS]), today=date(2026, 11, 24))
    assert answer == RegisterLoad(created=0, changed=0, unchanged=1, retired=1)
    retired = replace(before, is_historic=True, valid_to=date(2026, 11, 23))
    assert course_by_id(before.id) == retired


def test_a_retired_course_is_still_found_and_explained(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS, CARE]))
    load(write_register(tmp_path / "new", [MATHS]))
    (hit,) = search_courses("vård", on=TODAY)
    assert (hit.course.code, hit.selectable) == ("VÅRVÅR01", False)
    assert hit.explanation.startswith("VÅRVÅR01 Vård- och omsorgsarbete 1 har utgått")


def test_a_course_retired_once_is_not_retired_again(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS, CARE]))
    load(write_register(tmp_path / "new", [MATHS]), today=date(2026, 1, 10))
    answer = load(write_register(tmp_path / "newer", [MATHS, LEVEL]), today=date(2026, 9, 1))
    assert answer == RegisterLoad(created=1, changed=0, unchanged=1, retired=0)
    assert Course.objects.get(code="VÅRVÅR01").valid_to == date(2026, 1, 9)


def test_a_course_that_comes_back_is_current_again(tmp_path: Path) -> None:
    both = write_register(tmp_path / "both", [MATHS, CARE])
    load(both)
    before = id_of("VÅRVÅR01")
    load(write_register(tmp_path / "one", [MATHS]))
    assert load(both) == RegisterLoad(created=0, changed=1, unchanged=1, retired=0)
    course = course_by_id(before)
    assert course is not None
    assert (course.is_historic, course.valid_to) == (False, date(2030, 6, 30))


def test_pairs_follow_the_files(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS, LEVEL], [PAIR]))
    load(write_register(tmp_path / "new", [MATHS, LEVEL]))
    assert CoursePair.objects.count() == 0


def test_broken_files_give_every_fault_and_store_nothing(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS]))
    before = list(Course.objects.values())
    events = AuditEvent.objects.count()
    broken = [{**MATHS, "name": "Matte"}, {**CARE, "points": "x"}, {**LEVEL, "kind": "y"}]
    with pytest.raises(ProblemsFoundError) as refused:
        load(write_register(tmp_path / "new", broken, [("MATMAT03b", "BORTA")]))
    assert [(each.code, each.params["row"]) for each in refused.value.problems] == [
        ("register-value-points", 3),
        ("register-value-unknown", 4),
        ("register-pair-unknown", 2),
    ]
    assert list(Course.objects.values()) == before
    assert AuditEvent.objects.count() == events
    assert RegisterVersion.objects.count() == 1


def test_the_projects_own_files_give_way_to_those_of_the_installation(tmp_path: Path) -> None:
    load(write_register(tmp_path, [MATHS]))
    assert load(None).created == 0
    assert Course.objects.filter(is_historic=False).count() == 1


def test_no_word_outlives_its_course_name(tmp_path: Path) -> None:
    load(write_register(tmp_path / "old", [MATHS]))
    words = CourseWord.objects.count()
    load(write_register(tmp_path / "new", [{**MATHS, "points": "150"}]))
    assert CourseWord.objects.count() == words
