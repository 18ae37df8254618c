"""Deciding where one teacher's word is not enough: two examiners, rektor, komvuxarbete, Gy25."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from provning.cli.rehearse.log import Log, check, refused
from provning.cli.rehearse.world import Stage
from provning.courses.queries import course_by_code
from provning.exams.actions import (
    connect_co_teacher,
    create_exam_group,
    place_student,
    record_outcome,
)
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades, give_opinions, save_draft
from provning.grading.models import GradeDecision
from provning.grading.queries import person_decisions, standings_of
from provning.grading.replacement import best
from provning.grading.rows import Particulars
from provning.kernel.terms import Season, Term

HT26 = Term(2026, Season.HT)
PLANNED, EXAM, DECIDED = date(2026, 8, 10), date(2026, 11, 12), date(2026, 11, 16)
HIGHER_LEVEL, PROJECT, RETRIED = "MATO2000X", "KVARBA", "MATMAT03b"
PROJECT_PARTS = Particulars(
    project_title="Ett förråd av återbrukat virke",
    project_summary="Planering, bygge och egenkontroll av ett förråd på fyra kvadratmeter.",
    co_assessor="Nils Forsman",
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A group of the rehearsal with the one person placed in it."""

    group: ExamGroup
    placement: Placement


def rehearse_deciding(stage: Stage, log: Log) -> None:
    """Carry out what the manual's examples leave out and the law asks for."""
    _disagreement(stage, log)
    _project(stage, log)
    _absent(stage, log)
    _several_attempts(stage, log)


def _disagreement(stage: Stage, log: Log) -> None:
    """Let two teachers hold different grades, so that rektor decides, and replace a lower level."""
    tried = _attempt(stage, HIGHER_LEVEL, stage.teacher_1, stage.by_name)
    connect_co_teacher(
        actor=stage.actor("administrator", PLANNED),
        group_id=tried.group.id,
        teacher_id=stage.teacher_2,
        expected_version=tried.group.version,
        today=PLANNED,
    )
    _type(stage, "teacher-1", tried, "D")
    give_opinions(
        actor=stage.actor("teacher-1", DECIDED),
        group_id=tried.group.id,
        values={tried.placement.id: "D"},
        today=DECIDED,
    )
    _type(stage, "teacher-2", tried, "C", seen=1, over_other=True)
    said = refused("grade-teachers-disagree", lambda: _decide(stage, "teacher-2", tried))
    log.step("Skollagen 20:41", f"två lärare oense: {said.text}")
    give_opinions(
        actor=stage.actor("teacher-2", DECIDED),
        group_id=tried.group.id,
        values={tried.placement.id: "C"},
        today=DECIDED,
    )
    decided = _decide(
        stage,
        "principal",
        tried,
        values={tried.placement.id: "C"},
        ground=GradeDecision.PrincipalGround.DISAGREEMENT,
        reason="Rektor har tagit del av båda lärarnas underlag.",
    )
    check("rektor beslutade", (decided.value, decided.decider_role), ("C", "REKTOR"))
    log.step("Skollagen 20:41", "rektor beslutade C, med grund och skäl i beslutet")
    rows = {row.course_code: row for row in person_decisions([stage.by_name])[stage.by_name]}
    lower = rows["MATO1B00X"]
    check("lägre nivå står kvar", lower.stands, expected=True)
    check("ersatt av", lower.covered_by and lower.covered_by.course_code, HIGHER_LEVEL)
    log.step("Skollagen 20:35 a", f"godkänt på nivå 2 ersätter {lower.value} på nivå 1; båda finns")


def _project(stage: Stage, log: Log) -> None:
    """Decide a komvuxarbete: first without what it needs, then with it."""
    tried = _attempt(stage, PROJECT, stage.teacher_2, stage.by_number)
    _type(stage, "teacher-2", tried, "E")
    said = refused("grade-co-assessor-missing", lambda: _decide(stage, "teacher-2", tried))
    log.step("Förordning 2011:1108 4:8", f"komvuxarbete utan medbedömare nekades: {said.text}")
    _type(stage, "teacher-2", tried, "E", seen=1, particulars=PROJECT_PARTS)
    decided = _decide(stage, "teacher-2", tried)
    kept = (decided.value, decided.project_title, decided.co_assessor)
    check("komvuxarbetets uppgifter", kept, ("E", PROJECT_PARTS.project_title, "Nils Forsman"))
    log.step(
        "Förordning 2011:1108 4:8", "komvuxarbete beslutat med titel, sammanfattning, yttrande"
    )


def _absent(stage: Stage, log: Log) -> None:
    """Record a no-show: an outcome with its reason, and never a grade."""
    tried = _attempt(stage, "ENGENG06", stage.teacher_1, stage.by_number)
    record_outcome(
        actor=stage.actor("teacher-1", DECIDED),
        placement_id=tried.placement.id,
        outcome=Placement.Outcome.ABSENT,
        reason="",
        expected_version=tried.placement.version,
        today=DECIDED,
    )
    said = refused("grade-outcome-set", lambda: _type(stage, "teacher-1", tried, "F"))
    log.step("Skollagen 20:40", f"den som inte kom får inget betyg: {said.text}")


def _several_attempts(stage: Stage, log: Log) -> None:
    """See that F and the later attempt both stand, and that the higher one is the best."""
    standings = standings_of([stage.by_number])[stage.by_number]
    tries = sorted(each.value for each in standings if each.course_code == RETRIED)
    check("försöken i samma kurs", tries, ["C", "F"])
    chosen = [each.value for each in best(standings).values() if each.course_code == RETRIED]
    check("bästa betyget", chosen, ["C"])
    log.step("Skollagen 20:40", "F 2022 och ett nytt försök 2023: båda besluten finns, C gäller")


def _attempt(stage: Stage, code: str, teacher_id: UUID, person_id: UUID) -> Attempt:
    """Create a group in the autumn of 2026 and place the person in it."""
    course = course_by_code(code)
    check(f"kursen {code} finns", course is not None, expected=True)
    assert course is not None  # noqa: S101 (narrows the type; checked on the line above)
    actor = stage.actor("administrator", PLANNED)
    group = create_exam_group(
        actor=actor,
        unit_id=stage.unit_id,
        course_id=course.id,
        term=HT26,
        grading_teacher_id=teacher_id,
        today=PLANNED,
    )
    placement = place_student(
        actor=actor, group_id=group.id, person_id=person_id, exam_date=EXAM, today=PLANNED
    )
    return Attempt(group, placement)


def _type(
    stage: Stage,
    user: str,
    tried: Attempt,
    value: str,
    *,
    seen: int = 0,
    over_other: bool = False,
    particulars: Particulars | None = None,
) -> object:
    return save_draft(
        actor=stage.actor(user, DECIDED),
        placement_id=tried.placement.id,
        value=value,
        expected_version=seen,
        over_other=over_other,
        particulars=particulars,
        today=DECIDED,
    )


def _decide(
    stage: Stage,
    user: str,
    tried: Attempt,
    *,
    values: dict[UUID, str] | None = None,
    ground: str = "",
    reason: str = "",
) -> GradeDecision:
    decided = decide_grades(
        actor=stage.actor(user, DECIDED),
        group_id=tried.group.id,
        submission=uuid4(),
        values=values,
        ground=ground,
        reason=reason,
        today=DECIDED,
    )
    check("antal beslut", len(decided), 1)
    return decided[0]
