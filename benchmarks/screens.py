"""How long each screen takes with 20,000 persons and 200 groups of 100, and how many queries.

    python benchmarks/screens.py [--persons 20000] [--groups 200] [--size 100] [--times 15]

On the configured database, which must be empty: give it a folder of its own with PROVNING_DATA_DIR
or a PostgreSQL database with DATABASE_URL. Medians of whole requests inside one process, so they
move with the machine; the relations between the screens, and the queries, do not. The processor's
time of this process stands beside: it holds on a busy machine too, but leaves out what a database
server does. Identity numbers are built with birth years 1800-1889, which no living person has.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import django

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provning.config.settings")
os.environ.setdefault("PROVNING_TODAY", "2026-11-25")
django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks.load_numbers import numbers
from provning.accounts.actions import assign_role, create_user
from provning.accounts.queries import user_by_username
from provning.cli.serve import prepare_database
from provning.courses.models import Course
from provning.courses.queries import course_by_id
from provning.courses.rules import course_problems
from provning.exams.actions import create_exam_group, place_students
from provning.grading.actions import decide_grades
from provning.grading.rows import Needs
from provning.grading.rules.particulars import needs_of
from provning.kernel.actors import Scope, ScopeKind, system_actor
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Season, Term
from provning.organisation.actions import (
    create_organiser,
    create_provider,
    create_unit,
    set_initials,
)
from provning.people.actions import (
    EnrolmentEntry,
    PersonEntry,
    enrol_many,
    give_duty,
    link_account,
    register_persons,
)
from provning.people.queries import actor_for

ACTOR = system_actor("Mätning", "benchmark")
TODAY = date(2026, 11, 25)
START = date(2026, 1, 1)
PLAIN = Needs()
TERM = Term(2026, Season.HT)
EXAM = date(2026, 11, 16)
GIVEN = ("Åsa", "Karl-Erik", "Łucja", "Fatima", "José", "Eva", "Per", "Şerife", "Anna", "Mohammed")
FAMILY = ("Andersson", "Öberg", "Nguyễn", "Lindqvist", "von Essen", "Åkesson", "Ibrahimović")


def build(persons: int, groups: int, size: int) -> tuple[UUID, list[UUID], list[UUID]]:
    """Build the world; returns the unit, the groups and the persons."""
    organiser = create_organiser(
        actor=ACTOR, name="Mätkommun", municipality_code="9999", municipality_name="Mätkommun"
    )
    provider = create_provider(
        actor=ACTOR, organiser_id=organiser.id, name="Mätanordnare", kind="internal"
    )
    unit = create_unit(actor=ACTOR, provider_id=provider.id, name="Mätenhet", code="99990099")
    set_initials(actor=ACTOR, unit_id=unit.id, initials="MX", valid_from=START)
    number = numbers()
    entries = [
        PersonEntry(next(number), GIVEN[n % len(GIVEN)], f"{FAMILY[n % len(FAMILY)]}-{n:05d}")
        for n in range(persons + 2)
    ]
    ids = [each.id for each in register_persons(actor=ACTOR, entries=entries, today=TODAY)]
    teacher_id, principal_id, *students = ids
    enrolments = [EnrolmentEntry(each, provider.id, unit.id, START) for each in students]
    enrol_many(actor=ACTOR, entries=enrolments)
    for person_id, role in ((teacher_id, "Lärare"), (principal_id, "Rektor")):
        give_duty(
            actor=ACTOR,
            person_id=person_id,
            unit_id=unit.id,
            role=role,
            registered_teacher=True,
            start_date=START,
        )
    _account("admin", "internal_provider", Scope(ScopeKind.PROVIDER, provider.id))
    _account("larare", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, unit.id), teacher_id)
    _account("rektor", "principal", Scope(ScopeKind.PROVIDER, provider.id), principal_id)
    _account("centrum", "adult_education_centre", Scope(ScopeKind.ORGANISER, organiser.id))
    made = _groups(unit.id, teacher_id, students, groups, size)
    return unit.id, made, students


def _groups(
    unit_id: UUID, teacher_id: UUID, students: list[UUID], groups: int, size: int
) -> list[UUID]:
    """Create the groups with their placements; every other one is graded."""
    user = user_by_username("larare")
    if user is None:
        raise LookupError("larare")
    teacher = actor_for(user, TODAY)
    made: list[UUID] = []
    for course_id in Course.objects.order_by("sort_key").values_list("id", flat=True):
        if len(made) == groups:
            break
        course = course_by_id(course_id)
        if course is None or course_problems(course, EXAM) or needs_of(course) != PLAIN:
            continue
        try:
            group = create_exam_group(
                actor=ACTOR,
                unit_id=unit_id,
                course_id=course_id,
                term=TERM,
                grading_teacher_id=teacher_id,
                today=TODAY,
            )
        except ProblemsFoundError:
            continue
        at = (len(made) * size) % len(students)
        chosen = (students + students)[at : at + size]
        placed = place_students(
            actor=ACTOR,
            group_id=group.id,
            entries=[(person_id, EXAM) for person_id in chosen],
            today=TODAY,
        )
        scale = course.scale_on(EXAM)
        if len(made) % 2 and scale is not None:
            values = {each.id: scale.values[n % len(scale.values)] for n, each in enumerate(placed)}
            decide_grades(
                actor=teacher, group_id=group.id, values=values, submission=uuid4(), today=TODAY
            )
        made.append(group.id)
    return made


def _account(username: str, role: str, scope: Scope, person_id: UUID | None = None) -> None:
    user = create_user(
        actor=ACTOR, username=username, name=username, password=str(uuid4()), today=TODAY
    )
    assign_role(actor=ACTOR, user_id=user.id, role=role, scope=scope, valid_from=START)
    if person_id:
        link_account(actor=ACTOR, person_id=person_id, user_id=user.id)


def measure(label: str, request: Callable[[], object], times: int) -> None:
    """Print the median time of a request, its queries and the size of its page."""
    with CaptureQueriesContext(connection) as queries:
        answer = request()
    count = len(queries)
    samples, busy = [], []
    for _time in range(times):
        start, used = time.perf_counter(), time.process_time()
        request()
        samples.append(time.perf_counter() - start)
        busy.append(time.process_time() - used)
    size = len(getattr(answer, "content", b""))
    status = getattr(answer, "status_code", 0)
    median = statistics.median(samples) * 1000
    cpu = statistics.median(busy) * 1000
    print(
        f"{label:<34} {median:8.1f} ms {cpu:8.1f} ms cpu {count:4d} frågor"
        f" {size / 1000:8.1f} kB  {status}",
        flush=True,
    )


def main() -> None:
    """Build the world and measure every screen."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("persons", 20_000), ("groups", 200), ("size", 100), ("times", 15)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    prepare_database()
    start = time.perf_counter()
    _unit, groups, persons = build(wanted.persons, wanted.groups, wanted.size)
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        # What a database in use has done by itself long ago.
        cursor.execute("ANALYZE")
    print(f"{wanted.persons} personer, {len(groups)} grupper × {wanted.size}: {seconds:.1f} s")
    for username, screens in _screens(groups, persons).items():
        client = Client(headers={"host": "127.0.0.1"})
        user = user_by_username(username)
        if user is None:
            raise SystemExit(f"{username} has no account")
        client.force_login(user)
        for label, (url, data) in screens.items():
            visit = (
                partial(client.get, url)
                if data is None
                else partial(client.post, url, data, follow=True)
            )
            measure(f"{username} {label}", visit, wanted.times)


def _screens(
    groups: list[UUID], persons: list[UUID]
) -> dict[str, dict[str, tuple[str, dict[str, str] | None]]]:
    """Return what each role opens; a form's data makes it a POST and the page it leads to."""
    waiting, decided = groups[0], groups[1]
    search = reverse("students:search")
    return {
        "admin": {
            "översikt": (reverse("overview"), None),
            "grupphantering": (reverse("groups:list"), None),
            "ny grupp": (reverse("groups:new"), None),
            "grupp, 100 placeringar": (reverse("groups:detail", args=[decided]), None),
            "grupp, historik": (reverse("groups:history", args=[decided]), None),
            "placera elever": (reverse("groups:place", args=[waiting]), None),
            "kopiera termin": (reverse("groups:copy"), None),
            "kurssökning": (reverse("courses:search") + "?q=matematik", None),
            "sök elev, tom": (search, None),
            "sök elev, namn": (search, {"q": "Öberg"}),
            "sök elev, nummer": (search, {"q": next(numbers())}),
            "studieplan": (reverse("students:detail", args=[persons[0]]), None),
            "begäran": (reverse("requests:list"), None),
            "betygskatalog": (reverse("catalogues:list"), None),
        },
        "larare": {
            "översikt": (reverse("overview"), None),
            "betyg, grupper": (reverse("grades:list"), None),
            "betyg, 100 rader": (reverse("grades:sheet", args=[waiting]), None),
            "granska": (reverse("grades:review", args=[waiting]), None),
        },
        "rektor": {
            "översikt": (reverse("overview"), None),
            "betygskatalog": (reverse("catalogues:list"), None),
        },
        "centrum": {
            "översikt": (reverse("overview"), None),
            "begäran": (reverse("requests:list"), None),
            "underlag, kontrollista": (reverse("reporting:list") + "?term=HT26", None),
            "terminen i siffror": (reverse("reporting:statistics") + "?term=HT26", None),
        },
    }


if __name__ == "__main__":
    main()
