"""What some grades need beside their value, and the exception (cases 49, 50 and 71)."""

import csv
import dataclasses
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.audit.queries import history_of
from provning.courses.kinds import Curriculum, Kind
from provning.courses.queries import course_by_id
from provning.courses.register_files import COURSE_FILES, PACKAGED
from provning.courses.rows import CourseRow
from provning.exams.models import Placement
from provning.grading.actions import decide_grades, save_draft, save_drafts
from provning.grading.models import GradeDecision, GradeDraft
from provning.grading.queries import grade_sheet
from provning.grading.queries.decisions import particulars_of
from provning.grading.rows import DraftEntry, Needs, Particulars
from provning.grading.rules import (
    kept,
    length_problems,
    missing_particulars,
    named_language,
    needs_of,
)
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.problems import ConflictError, ProblemsFoundError
from tests.grading import world
from tests.grading.conftest import Ready
from tests.grading.world import TODAY

PROJECT = Particulars(
    project_title="Ett badrum utan fukt",
    project_summary="Planering och utförande av ett våtrum.",
    co_assessor="Eva Ek, Rör & Kakel AB",
)
NAMES = [each.name for each in dataclasses.fields(Particulars) if each.name != "exception_used"]


def course(code: str, name: str = "Kurs", kind: Kind = Kind.COURSE, **changes: object) -> CourseRow:
    gy25 = code[4:5].isdigit()
    facts: dict[str, object] = {
        "id": UUID(int=1),
        "code": code,
        "name": name,
        "subject_code": code[: 4 if gy25 else 3],
        "subject_name": name,
        "points": 100,
        "curriculum": Curriculum.GY25 if gy25 else Curriculum.GY11,
        "kind": kind,
        "level": "",
        "scale_family": ScaleFamily.UPPER_SECONDARY,
        "valid_from": None,
        "valid_to": None,
        "is_historic": False,
        "in_adult_education": True,
    }
    return CourseRow(**(facts | changes))  # type: ignore[arg-type] # a table of facts by name


EXAMINED = [course("MATMAT03b"), course("ADMADM00S"), course("KVARFS", kind=Kind.DIPLOMA)]


@pytest.mark.parametrize(
    ("examined", "needs"),
    [
        (course("ADMADM00S"), Needs(specialisation=True)),
        (course("AFFAFÄ00S"), Needs(specialisation=True)),
        (course("MUSINS01S"), Needs(specialisation=True)),
        (course("HUMT100PX00A", kind=Kind.LEVEL), Needs(specialisation=True)),
        (course("AVEO100SX", kind=Kind.LEVEL), Needs()),
        (course("INSR1000XGIT", kind=Kind.LEVEL), Needs()),
        (course("MATMAT03b"), Needs()),
        (course("MODFRA01", "Moderna språk 1, franska"), Needs()),
        (course("MOEMOD0", "Modersmål – aktiv tvåspråkighet"), Needs(language=True)),
        (course("KVARFS", kind=Kind.DIPLOMA), Needs(project=True)),
        (course("GYARES", kind=Kind.DIPLOMA), Needs(project=True)),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_what_the_code_demands(examined: CourseRow, needs: Needs) -> None:
    assert needs_of(examined) == needs


@pytest.mark.parametrize(
    ("examined", "language"),
    [
        (course("MODFRA01", "Moderna språk 1, franska"), "franska"),
        (course("MODZHO03", "Kinesiska 3"), "kinesiska"),
        (course("MODCMN01", "Kinesiska (mandarin) 1"), "kinesiska (mandarin)"),
        (course("SPADEU01a", "Språk specialisering – retorik 1a, tyska"), "tyska"),
        (course("MODE1000XPRS", "Modersmål – dari, farsi nivå 1"), "dari, farsi"),
        (
            course("MODG1000XYUE", "Kinesiska, kantonesiska – grund nivå 1"),
            "kinesiska, kantonesiska",
        ),
        (course("MOEMOD0", "Modersmål – aktiv tvåspråkighet"), ""),
        (course("ENGENG05", "Engelska 5"), ""),
    ],
    ids=lambda each: getattr(each, "code", ""),
)
def test_the_language_that_the_courses_name_says(examined: CourseRow, language: str) -> None:
    assert named_language(examined) == language


def test_every_language_course_of_the_register_says_its_language_but_one() -> None:
    texts = [(PACKAGED / name).read_text("utf-8").splitlines() for name in COURSE_FILES]
    every = [row for lines in texts for row in csv.DictReader(lines)]
    rows = [row for row in every if row["kind"] in {"course", "level"}]
    read = [
        course(
            row["code"],
            row["name"],
            Kind(row["kind"]),
            subject_code=row["subject_code"],
            curriculum=Curriculum(row["curriculum"]),
        )
        for row in rows
    ]
    assert [each.code for each in read if needs_of(each).language] == ["MOEMOD0"]
    assert sum(bool(named_language(each)) for each in read) > 800


@given(
    st.builds(
        Particulars,
        exception_used=st.booleans(),
        **{name: st.text("ab \n", max_size=6) for name in NAMES},
    ),
    st.sampled_from(
        [course("MATMAT03b"), course("ADMADM00S"), course("KVARFS", kind=Kind.DIPLOMA)]
    ),
)
def test_what_is_kept_is_tidy_asked_for_and_the_same_when_kept_again(
    typed: Particulars, examined: CourseRow
) -> None:
    found = kept(typed, examined)
    assert kept(found, examined) == found
    assert found.exception_used == typed.exception_used
    needs = needs_of(examined)
    assert bool(found.specialisation) == (
        needs.specialisation and bool(typed.specialisation.split())
    )
    missing = {problem.field for problem in missing_particulars(found, needs)}
    asked = {
        "specialisation": needs.specialisation,
        "project_title": needs.project,
        "project_summary": needs.project,
        "co_assessor": needs.project,
    }
    assert missing == {
        name for name, needed in asked.items() if needed and not getattr(found, name)
    }


@given(st.sampled_from(NAMES), st.integers(0, 400))
def test_what_has_no_room_is_refused_at_its_field(name: str, length: int) -> None:
    longest = {"language": 60, "project_summary": 240}.get(name, 200)
    problems = length_problems(Particulars(**{name: "x" * length}))  # type: ignore[arg-type] # text
    assert [problem.field for problem in problems] == ([name] if length > longest else [])


@pytest.fixture
def project(ready: Ready) -> Placement:
    """Return somebody whose komvuxarbete is to be graded."""
    diploma = world.course(
        "KVARFS", "Komvuxarbete", ScaleFamily.DIPLOMA, Curriculum.ADULT_UPPER, kind=Kind.DIPLOMA
    )
    return world.place(world.group(ready.town.unit, ready.teacher_person, of=diploma))


def save(
    ready: Ready,
    placement: Placement,
    value: str,
    particulars: Particulars | None = None,
    *,
    seen: int = 0,
) -> None:
    save_draft(
        actor=ready.teacher,
        placement_id=placement.pk,
        value=value,
        expected_version=seen,
        particulars=particulars,
        today=TODAY,
    )


def decide(
    ready: Ready, placement: Placement, value: str, *, version: int | None = None
) -> list[GradeDecision]:
    return decide_grades(
        actor=ready.teacher,
        group_id=placement.group_id,
        values={placement.pk: value},
        versions=None if version is None else {placement.pk: version},
        submission=uuid4(),
        today=TODAY,
    )


def test_a_komvuxarbete_is_decided_with_title_summary_and_medbedomare(
    ready: Ready, project: Placement
) -> None:
    save(ready, project, "E")
    (row,) = grade_sheet(ready.teacher, project.group_id, TODAY).rows
    expected = [
        "grade-project-title-missing",
        "grade-project-summary-missing",
        "grade-co-assessor-missing",
    ]
    assert [problem.code for problem in row.missing] == expected
    with pytest.raises(ProblemsFoundError) as caught:
        decide(ready, project, "E")
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [
        (code, f"grade-{project.pk}") for code in expected
    ]
    save(ready, project, "E", PROJECT, seen=1)
    (decision,) = decide(ready, project, "E")
    assert particulars_of(decision) == PROJECT


def test_a_komvuxarbete_has_its_own_scale(ready: Ready, project: Placement) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        save(ready, project, "C", PROJECT)
    assert [problem.code for problem in caught.value.problems] == ["grade-outside-scale"]


def test_the_groups_sheet_leaves_what_stands_beside_the_grade(
    ready: Ready, project: Placement
) -> None:
    save(ready, project, "E", PROJECT)
    save_drafts(
        actor=ready.teacher,
        group_id=project.group_id,
        entries=[DraftEntry(project.pk, "F", 1)],
        today=TODAY,
    )
    draft = GradeDraft.objects.get()
    assert (draft.value, draft.version, particulars_of(draft)) == ("F", 2, PROJECT)


def test_a_grade_that_is_taken_away_takes_along_what_stood_beside_it(ready: Ready) -> None:
    placement = ready.placements[0]
    save(ready, placement, "E", Particulars(exception_used=True))
    save(ready, placement, "", seen=1)
    draft = GradeDraft.objects.get()
    assert (draft.value, draft.exception_used) == ("", False)


def test_what_can_be_filled_in_before_the_grade_is_known_stays(
    ready: Ready, project: Placement
) -> None:
    save(ready, project, "", PROJECT)
    draft = GradeDraft.objects.get()
    assert (draft.value, particulars_of(draft)) == ("", PROJECT)


def test_too_long_a_summary_is_refused_at_its_field(ready: Ready, project: Placement) -> None:
    with pytest.raises(ProblemsFoundError) as caught:
        save(ready, project, "E", dataclasses.replace(PROJECT, project_summary="x" * 241))
    assert [(problem.code, problem.field) for problem in caught.value.problems] == [
        ("grade-particulars-long", "project_summary")
    ]


def test_the_same_again_changes_nothing(ready: Ready, project: Placement) -> None:
    save(ready, project, "E", PROJECT)
    save(ready, project, "E", PROJECT, seen=1)
    assert GradeDraft.objects.get().version == 1


def test_use_of_the_exception_is_recorded_with_the_decision_and_nothing_else(ready: Ready) -> None:
    placement = ready.placements[0]
    save(ready, placement, "E", Particulars(exception_used=True, specialisation="Diagnos"))
    (decision,) = decide(ready, placement, "E")
    assert (decision.exception_used, decision.decided_by_name) == (True, "Karin Wallgren")
    assert particulars_of(decision) == Particulars(exception_used=True)
    event = history_of("grade", placement.pk)[0]
    assert event.name == "grades_decided"
    told = event.after["decisions"]
    assert isinstance(told, list)
    assert [each["exception_used"] for each in told] == [True]


def test_what_stands_beside_the_grade_is_read_before_it_is_decided(ready: Ready) -> None:
    placement = ready.placements[0]
    save(ready, placement, "E")
    save(ready, placement, "E", Particulars(exception_used=True), seen=1)
    with pytest.raises(ConflictError) as caught:
        decide(ready, placement, "E", version=1)
    assert [problem.code for problem in caught.value.problems] == ["grade-particulars-changed"]
    assert len(decide(ready, placement, "E", version=2)) == 1


def test_the_language_follows_from_the_code(ready: Ready) -> None:
    french = world.course("MODFRA01", "Moderna språk 1, franska")
    placement = world.place(world.group(ready.town.unit, ready.teacher_person, of=french))
    (decision,) = decide(ready, placement, "A")
    assert decision.language == "franska"


def test_who_does_not_grade_does_not_see_that_the_exception_was_used(ready: Ready) -> None:
    placement = ready.placements[0]
    save(ready, placement, "E", Particulars(exception_used=True))
    staff = world.provider_staff(ready.town.unit)
    for _time in ("drafted", "decided"):
        seen = {
            row.placement.id: row.particulars.exception_used
            for row in grade_sheet(staff, ready.group.pk, TODAY).rows
        }
        assert seen[placement.pk] is False
        if GradeDraft.objects.exists():
            decide(ready, placement, "E")
    own = grade_sheet(ready.teacher, ready.group.pk, TODAY).rows
    assert {row.placement.id for row in own if row.particulars.exception_used} == {placement.pk}


def test_the_register_course_is_read_with_what_it_demands(ready: Ready) -> None:
    stored = world.course("ADMADM00S", "Administration – specialisering")
    group = world.group(ready.town.unit, ready.teacher_person, of=stored)
    read = course_by_id(stored.pk)
    assert read is not None
    assert needs_of(read) == grade_sheet(ready.teacher, group.pk, date(2026, 10, 6)).needs
