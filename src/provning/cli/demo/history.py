"""The demo's terms: groups, placements, grades, requests and catalogues."""

import random
from datetime import date, timedelta
from uuid import UUID, uuid4

from provning.accounts.models import User
from provning.accounts.queries import user_by_username
from provning.applications.actions import ask_back, send_request
from provning.cli.demo import plan
from provning.cli.demo.extracts import build_extracts
from provning.cli.demo.organisation import DemoUnit
from provning.cli.demo.students import DemoStudents
from provning.courses.queries import course_by_code
from provning.courses.rows import CourseRow
from provning.exams.actions import create_exam_group, place_students
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import decide_grades
from provning.kernel.actors import Actor
from provning.kernel.terms import Term
from provning.people.queries import actor_for

# How common each value is, the best first, by how many values the scale has.
WEIGHTS = {6: (10, 15, 22, 15, 28, 10), 2: (80, 20), 1: (1,)}
GROUP_SIZE = (3, 9)
GRADED_WITHIN = timedelta(days=21)
WITHOUT_TEACHER = 4
LATE_EVERY = 5
LEVELS_FROM = date(2026, 7, 1)


def build_terms(
    actor: Actor,
    units: list[DemoUnit],
    students: DemoStudents,
    terms: tuple[Term, ...],
    today: date,
) -> None:
    """Fill every term; in today's, the newest exams are still without grades."""
    users = _users()
    chance = random.Random(2026)  # noqa: S311 (the demo is the same every time)
    for term in terms:
        is_current = term == terms[-1]
        for unit in units:
            groups = _groups(actor, unit, term, today, is_current=is_current)
            for place, (group, course) in enumerate(groups):
                persons = _persons(unit, students, course, chance)
                placed = _examine(actor, persons, group, today, chance)
                exam_date = placed[0].exam_date
                is_late = is_current and place % LATE_EVERY == 1
                if group.grading_teacher_id and exam_date + GRADED_WITHIN <= today and not is_late:
                    _decide(users[group.grading_teacher_id], group, course, placed, chance)
            if is_current:
                _requests(actor, groups[0][0], students, unit, today)
    build_extracts(units[0].id, terms[0], today)


def _groups(
    actor: Actor, unit: DemoUnit, term: Term, today: date, *, is_current: bool
) -> list[tuple[ExamGroup, CourseRow]]:
    """Create one group for each course of the unit's offer, its teachers taking turns."""
    teachers = [unit.teachers[name] for name in unit.plan.teachers]
    made = []
    for place, course in enumerate(_courses(unit, term)):
        ready = not is_current or place % 9 != WITHOUT_TEACHER
        group = create_exam_group(
            actor=actor,
            unit_id=unit.id,
            course_id=course.id,
            term=term,
            grading_teacher_id=teachers[place % len(teachers)] if ready else None,
            today=min(today, term.first_day),
        )
        made.append((group, course))
    return made


def _courses(unit: DemoUnit, term: Term) -> list[CourseRow]:
    """Return the unit's offer; the first unit examines levels of Gy25 from the autumn of 2026."""
    levels = plan.LEVELS if unit.plan is plan.UNITS[0] and term.last_day > LEVELS_FROM else ()
    found = [course_by_code(code) for code in (*unit.plan.courses, *levels)]
    return [course for course in found if course is not None]


def _examine(
    actor: Actor, persons: list[UUID], group: ExamGroup, today: date, chance: random.Random
) -> list[Placement]:
    """Place the persons in a group, on one day."""
    exam_date = _exam_date(group, chance)
    return place_students(
        actor=actor,
        group_id=group.id,
        entries=[(person_id, exam_date) for person_id in persons],
        today=min(today, group.start_date),
    )


def _persons(
    unit: DemoUnit, students: DemoStudents, course: CourseRow, chance: random.Random
) -> list[UUID]:
    """Draw some of the unit's examinees; the protected one takes the unit's first course."""
    enrolled = students.by_unit[unit.plan.key]
    persons = chance.sample(enrolled, chance.randint(*GROUP_SIZE))
    if course.code == unit.plan.courses[0] and students.protected in enrolled:
        return list(dict.fromkeys([students.protected, *persons]))
    return persons


def _exam_date(group: ExamGroup, chance: random.Random) -> date:
    """Return a weekday in the second half of the group's period."""
    days = (group.end_date - group.start_date).days
    day = group.start_date + timedelta(days=chance.randint(days // 3, days - 1))
    return day - timedelta(days=max(0, day.weekday() - 4))


def _decide(
    user: User,
    group: ExamGroup,
    course: CourseRow,
    placed: list[Placement],
    chance: random.Random,
) -> None:
    """Let the group's own teacher decide every grade, the week after the exam."""
    exam_date = placed[0].exam_date
    scale = course.scale_on(exam_date)
    if scale is None:
        return
    weights = WEIGHTS[len(scale.values)]
    values = {each.id: chance.choices(scale.values, weights)[0] for each in placed}
    day = exam_date + timedelta(days=7)
    decide_grades(
        actor=actor_for(user, day),
        group_id=group.id,
        placement_ids=list(values),
        values=values,
        submission=uuid4(),
        today=day,
    )


def _users() -> dict[UUID, User]:
    """Return the account of every member of staff who has one, by person."""
    found = {}
    for account in plan.ACCOUNTS:
        user = user_by_username(account.username)
        person_id = actor_for(user, date.max).person_id if user else None
        if user and person_id:
            found[person_id] = user
    return found


def _requests(
    actor: Actor, group: ExamGroup, students: DemoStudents, unit: DemoUnit, today: date
) -> None:
    """Ask the adult education centre for somebody nobody has registered; one comes back."""
    place = [each.key for each in plan.UNITS].index(unit.plan.key)
    for invented in students.unknown[place * 2 : place * 2 + 2]:
        request = send_request(
            actor=actor,
            group_id=group.id,
            identity_number=invented.number,
            given_name=invented.given_name,
            family_name=invented.family_name,
            exam_date=max(today, group.start_date),
            today=today,
        )
    if place == 0:
        ask_back(
            actor=actor,
            request_id=request.id,
            expected_version=request.version,
            question="Stämmer efternamnet? Folkbokföringen har ett annat.",
            today=today,
        )
