"""The manual from its first page to its last, with its own examples."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from provning.applications.actions import register_requested, send_request
from provning.applications.queries import request_for, requests_for
from provning.audit.queries import verify_chain
from provning.cli import environment
from provning.cli.rehearse.afterwards import Desk, rehearse_afterwards
from provning.cli.rehearse.deciding import rehearse_deciding
from provning.cli.rehearse.exchange import rehearse_exchange
from provning.cli.rehearse.extracts import rehearse_extracts
from provning.cli.rehearse.files import LAST_DAY, write_catalogues, write_tables
from provning.cli.rehearse.log import Log, check, refused
from provning.cli.rehearse.planted import rehearse_reconciliation
from provning.cli.rehearse.record import check_record
from provning.cli.rehearse.reporting import rehearse_reporting
from provning.cli.rehearse.world import BY_NAME, BY_NUMBER, NEVER_ENROLLED, Stage, set_stage
from provning.courses.queries import course_by_code
from provning.exams.actions import (
    connect_grading_teacher,
    create_exam_group,
    place_student,
)
from provning.exams.models import ExamGroup, Placement
from provning.exams.queries import PlacementRow, group_for, placements_in
from provning.grading.actions import decide_grades, save_draft
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_sheet, study_plan_rows
from provning.kernel.problems import NotAllowedError
from provning.kernel.terms import Season, Term
from provning.people.queries import search_persons

VT22, VT23, HT26 = Term(2022, Season.VT), Term(2023, Season.VT), Term(2026, Season.HT)
OLD_COURSE, LEVEL = "MATMAT03b", "MATO1B00X"
FIRST_PAGE, SECOND_PAGE, THIRD_PAGE, LAST_PAGE = (f"Manual s. {page}" for page in range(1, 5))


def rehearse(directory: Path, log: Log) -> None:
    """Carry out and check every step; raises `StepFailedError` at the first that fails."""
    stage = set_stage()
    log.step(FIRST_PAGE, "huvudman, anordnare, enheten KC, roller och tidigare inskrivna finns")
    groups = _groups(stage, log)
    placements = _placements(stage, groups, log)
    _teachers(stage, groups, log)
    _grades(stage, groups, placements, log)
    _study_plan(stage, placements, log)
    rehearse_deciding(stage, log)
    check_record(placements["number"], log)
    catalogues = write_catalogues(directory, stage, (VT22, VT23, HT26), log)
    extracts = rehearse_extracts(directory, stage, log)
    write_tables(directory, stage, list(groups.values()))
    papers = catalogues + extracts
    log.step(LAST_PAGE, f"groups.csv, placements.csv och grades.csv är skrivna, {papers} PDF")
    rehearse_reconciliation(directory, log)
    rehearse_exchange(directory, stage, log)
    rehearse_reporting(directory, stage, HT26, LAST_DAY, log)
    # The papers are made now, whatever year the rehearsal plays in.
    rehearse_afterwards(Desk(stage, max(LAST_DAY, environment.today()), directory, log), placements)
    report = verify_chain()
    check("händelsekedjans fel", report.fault, "")
    log.step("Spårbarhet", f"kedjan är hel: {report.events} händelser, {report.head[:16]}…")


def _groups(stage: Stage, log: Log) -> dict[str, ExamGroup]:
    """Create the groups, named as the manual writes them: steps 1 and 2."""
    one = _create(stage, VT23, OLD_COURSE, stage.teacher_1, date(2023, 1, 9))
    check("gruppens namn", one.name, "PRÖ:KC23VTMAT03B")
    check("det som sätts", _set_by_itself(one), ("KV", "PRÖ", "Annat", True))
    check("kursens poäng", one.course.points, 100)
    log.step(FIRST_PAGE, f"{one.name}: KV, 100 poäng, PRÖ, Annat och Distans Ja sattes av kursen")
    first = _create(stage, VT22, OLD_COURSE, stage.teacher_1, date(2022, 1, 10))
    second = _create(stage, VT22, OLD_COURSE, stage.teacher_2, date(2022, 1, 10))
    check("första lärarens grupp", first.name, "PRÖ:KC22VTMAT03B")
    check("andra lärarens grupp", second.name, "PRÖ:KC22VTMAT03B2")
    log.step(SECOND_PAGE, f"två lärare i samma kurs: {first.name} och {second.name}")
    again = refused(
        "group-teacher-taken",
        lambda: _create(stage, VT22, OLD_COURSE, stage.teacher_2, date(2022, 1, 10)),
    )
    log.step(SECOND_PAGE, f"samma lärare två gånger nekades: {again.text}")
    level = _create(stage, HT26, LEVEL, None, date(2026, 8, 10))
    check("Gy25-gruppens namn", level.name, "PRÖ:KC26HTMATO1B00X")
    log.step(FIRST_PAGE, f"{level.name}: en nivå i Gy25 får hela koden")
    return {"one": one, "first": first, "second": second, "level": level}


def _create(stage: Stage, term: Term, code: str, teacher_id: UUID | None, today: date) -> ExamGroup:
    course = course_by_code(code)
    check(f"kursen {code} finns", course is not None, expected=True)
    assert course is not None  # noqa: S101 (narrows the type; checked on the line above)
    return create_exam_group(
        actor=stage.actor("administrator", today),
        unit_id=stage.unit_id,
        course_id=course.id,
        term=term,
        grading_teacher_id=teacher_id,
        today=today,
    )


def _set_by_itself(group: ExamGroup) -> tuple[str, str, str, bool]:
    return (group.school_form, group.measure, group.time_of_day, group.distance)


def _placements(stage: Stage, groups: dict[str, ExamGroup], log: Log) -> dict[str, Placement]:
    """Place who is found by number, by name, and who was never enrolled: steps 3 and 4."""
    day = date(2023, 5, 2)
    administrator = stage.actor("administrator", day)
    by_number = search_persons(administrator, BY_NUMBER[0], unit_id=stage.unit_id, today=day)
    check("träffar på personnummer", [row.id for row in by_number.rows], [stage.by_number])
    placed = {"number": _place(stage, groups["one"], stage.by_number, date(2023, 5, 16), day)}
    row = _row(stage, placed["number"], day)
    check("Fr.o.m. och T.o.m.", (row.start_date, row.end_date), (row.exam_date, row.exam_date))
    check("Status och Studieaktiv", (row.status, row.study_active), ("Prövning", True))
    log.step(SECOND_PAGE, "elev hittad på personnummer, placerad: Fr.o.m. = T.o.m. 2023-05-16")
    by_name = search_persons(administrator, BY_NAME[2][:4], unit_id=stage.unit_id, today=day)
    check("träffar på namn", [row.id for row in by_name.rows], [stage.by_name])
    for key, group, exam_date in (
        ("name", "first", date(2022, 5, 18)),
        ("name-level", "level", date(2026, 11, 12)),
    ):
        today = min(day, exam_date) if key == "name" else date(2026, 10, 1)
        placed[key] = _place(stage, groups[group], stage.by_name, exam_date, today)
    placed["second"] = _place(
        stage, groups["second"], stage.by_number, date(2022, 5, 19), date(2022, 5, 2)
    )
    log.step(SECOND_PAGE, "elev hittad på namn, placerad")
    placed["requested"] = _request(stage, groups["one"], day, log)
    placed["protected"] = _place(stage, groups["one"], stage.protected, date(2023, 5, 16), day)
    last = placements_in(administrator, groups["one"].id)[-1].person
    check("skyddad person visas som", last.label, "Skyddad identitet")
    log.step("Skyddad identitet", f"placerad och visad som {last.number_display}, sist i listan")
    return placed


def _place(
    stage: Stage, group: ExamGroup, person_id: UUID, exam_date: date, today: date
) -> Placement:
    return place_student(
        actor=stage.actor("administrator", today),
        group_id=group.id,
        person_id=person_id,
        exam_date=exam_date,
        today=today,
    )


def _row(stage: Stage, placement: Placement, today: date) -> PlacementRow:
    rows = placements_in(stage.actor("administrator", today), placement.group_id)
    return next(row for row in rows if row.id == placement.id)


def _request(stage: Stage, group: ExamGroup, day: date, log: Log) -> Placement:
    """Ask Vuxenutbildningscentrum for somebody the provider has never had: step 4."""
    number, given_name, family_name = NEVER_ENROLLED
    administrator = stage.actor("administrator", day)
    found = search_persons(administrator, number, unit_id=stage.unit_id, today=day)
    check("aldrig inskriven", (found.rows, found.never_enrolled), ([], True))
    sent = send_request(
        actor=administrator,
        group_id=group.id,
        identity_number=number,
        given_name=given_name,
        family_name=family_name,
        exam_date=date(2023, 5, 17),
        today=day,
    )
    centre = stage.actor("centre", day)
    check("begäran i kön", [row.id for row in requests_for(centre, status="open")], [sent.id])
    log.step(SECOND_PAGE, "aldrig inskriven: begäran till Vuxenutbildningscentrum, inte e-post")
    placement = register_requested(
        actor=centre, request_id=sent.id, expected_version=sent.version, today=day
    )
    answered = request_for(administrator, sent.id)
    check("begärans läge", (answered.status, answered.placement_id), ("done", placement.id))
    log.step(SECOND_PAGE, "Vuxenutbildningscentrum registrerade och placerade; anordnaren ser det")
    return placement


def _teachers(stage: Stage, groups: dict[str, ExamGroup], log: Log) -> None:
    """Connect a grading teacher, without whom a group is not ready: step 5."""
    day = date(2026, 11, 13)
    administrator = stage.actor("administrator", day)
    level = group_for(administrator, groups["level"].id)
    check("gruppen är klar utan lärare", level.ready, expected=False)
    sheet = grade_sheet(administrator, level.id, day)
    codes = [problem.code for row in sheet.rows for problem in row.problems]
    check("hinder att betygssätta", codes, ["grade-no-teacher"])
    connect_grading_teacher(
        actor=administrator,
        group_id=level.id,
        teacher_id=stage.teacher_1,
        expected_version=level.version,
        today=day,
    )
    check("klar med lärare", group_for(administrator, level.id).ready, expected=True)
    log.step(THIRD_PAGE, f"{level.name}: utan lärare inte klar; Karin Wallgren kopplades")


def _grades(
    stage: Stage, groups: dict[str, ExamGroup], placements: dict[str, Placement], log: Log
) -> None:
    """Type and decide grades, on the prövningsdatum and no other day: step 6."""
    placement, group = placements["number"], groups["one"]
    before = refused(
        "grade-before-exam", lambda: _type(stage, "grades", placement, "C", date(2023, 5, 15))
    )
    log.step(THIRD_PAGE, f"betyg före prövningsdatum nekades: {before.text}")
    outside = refused(
        "grade-outside-scale", lambda: _type(stage, "grades", placement, "G", date(2023, 5, 22))
    )
    log.step(THIRD_PAGE, f"värde utanför skalan nekades: {outside.text}")
    day = date(2023, 5, 22)
    for key, value in (("number", "C"), ("requested", "E"), ("protected", "B")):
        _type(stage, "grades", placements[key], value, day)
    _only_the_teacher(stage, group, day)
    submission = uuid4()
    decided = _decide(stage, "teacher-1", group, submission, day)
    twice = _decide(stage, "teacher-1", group, submission, day)
    check("dubbel inlämning", {each.id for each in twice}, {each.id for each in decided})
    check("antal beslut", len(decided), 3)
    facts = {(each.decided_by_name, each.registered_by_name) for each in decided}
    check("beslutat av, registrerat av", facts, {("Karin Wallgren", "Maj-Britt Öberg")})
    log.step(THIRD_PAGE, "tre betyg beslutade av läraren, registrerade av administratören; låsta")
    late = refused("grade-decided", lambda: _type(stage, "grades", placement, "A", day))
    log.step(THIRD_PAGE, f"ändring efter beslut nekades: {late.text}")
    for user, key, term_group, value, today in (
        ("teacher-1", "name", "first", "D", date(2022, 5, 25)),
        ("teacher-2", "second", "second", "F", date(2022, 5, 25)),
        ("teacher-1", "name-level", "level", "A", date(2026, 11, 16)),
    ):
        _type(stage, user, placements[key], value, today)
        _decide(stage, user, groups[term_group], uuid4(), today)
    log.step(THIRD_PAGE, "båda lärarna 2022 och Gy25-nivån 2026 betygssatta, var och en sin grupp")


def _type(stage: Stage, user: str, placement: Placement, value: str, today: date) -> object:
    return save_draft(
        actor=stage.actor(user, today),
        placement_id=placement.id,
        value=value,
        expected_version=0,
        today=today,
    )


def _decide(
    stage: Stage, user: str, group: ExamGroup, submission: UUID, today: date
) -> list[GradeDecision]:
    actor = stage.actor(user, today)
    return decide_grades(actor=actor, group_id=group.id, submission=submission, today=today)


def _only_the_teacher(stage: Stage, group: ExamGroup, day: date) -> None:
    """Check that the administrator, who types, cannot decide."""
    try:
        _decide(stage, "grades", group, uuid4(), day)
    except NotAllowedError:
        return
    check("administratören kunde besluta", found=True, expected=False)


def _study_plan(stage: Stage, placements: dict[str, Placement], log: Log) -> None:
    """Read the row of the manual's last screen: step 7."""
    day = date(2023, 6, 1)
    rows = study_plan_rows(stage.actor("administrator", day), stage.by_number, day)
    row = next(each for each in rows if each.placement.id == placements["number"].id)
    shown = row.placement
    check(
        "studieplanens rad",
        (shown.group_name, shown.course_code, shown.points, shown.start_date, shown.end_date,
         shown.status, row.value, row.trial_label),
        ("PRÖ:KC23VTMAT03B", OLD_COURSE, 100, date(2023, 5, 16), date(2023, 5, 16),
         "Prövning", "C", "Prövning"),
    )  # fmt: skip
    log.step(LAST_PAGE, "studieplanen: grupp, kurs, poäng, datum, status, betyg C, Prövning")
