"""Filling the course register from files: the only way a course is written."""

from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from provning.audit.actions import record
from provning.audit.inserting import insert_models, insert_values
from provning.courses.events import REGISTER_LOADED
from provning.courses.models import Course, CoursePair, CourseWord, RegisterVersion
from provning.courses.register_files import PACKAGED, Register, read_register, register_digest
from provning.courses.register_rows import RegisterCourse
from provning.courses.search_keys import course_words
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if

FILLED: Final = (*(each.name for each in fields(RegisterCourse)), "key", "sort_key")
BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class RegisterLoad:
    """What a load did: courses by what became of them.

    The first three add up to the files' courses; `retired` were in the register but not in the
    files, and are kept as historic.
    """

    created: int
    changed: int
    unchanged: int
    retired: int


@transaction.atomic
def load_register(*, actor: Actor, today: date, directory: Path | None = None) -> RegisterLoad:
    """Make the register say what a folder's files say.

    A course is known by its key: it keeps its id and all that refers to it. One that the files
    lack is never deleted; it is historic from `today`. The files in force are not loaded again.
    Without a folder the project's own files are loaded, as at every start, unless the installation
    has loaded a folder of its own. Raises `ProblemsFoundError` with every fault of the files, and
    then nothing is stored.
    """
    in_force = _in_force(register_digest(directory or PACKAGED), directory)
    if in_force:
        return RegisterLoad(0, 0, in_force.courses, 0)
    register = read_register(directory or PACKAGED)
    refuse_if(register.problems)
    load = _store_courses(register, today)
    _store_pairs(register)
    _store_words()
    version = RegisterVersion.objects.create(
        digest=register.digest,
        packaged=directory is None,
        loaded_at=datetime.now(UTC),
        courses=len(register.by_key),
    )
    record(
        REGISTER_LOADED,
        actor=actor,
        subjects=[("course_register", version.pk)],
        after={**asdict(load), "digest": register.digest},
    )
    return load


def _in_force(digest: str, directory: Path | None) -> RegisterVersion | None:
    """Return the newest version, when it is of these files or they give way to it."""
    newest = RegisterVersion.objects.order_by("-pk").first()
    if newest is None:
        return None
    gives_way = directory is None and not newest.packaged
    return newest if newest.digest == digest or gives_way else None


def _store_courses(register: Register, today: date) -> RegisterLoad:
    """Write new and changed courses in bulk and retire those that the files lack."""
    stored = {course.key: course for course in Course.objects.all()}
    created = [
        _filled(Course(), each) for key, each in register.by_key.items() if key not in stored
    ]
    known = [(stored[key], each) for key, each in register.by_key.items() if key in stored]
    changed = [_filled(course, each) for course, each in known if _differs(course, each)]
    gone = [
        _retired(course, today)
        for key, course in stored.items()
        if key not in register.by_key and not course.is_historic
    ]
    insert_models(created)
    _update(changed + gone)
    return RegisterLoad(len(created), len(changed), len(known) - len(changed), len(gone))


def _differs(course: Course, given: RegisterCourse) -> bool:
    """Say whether the files say anything else than the register."""
    return any(getattr(course, name) != getattr(given, name) for name in FILLED)


def _filled(course: Course, given: RegisterCourse) -> Course:
    """Give a course everything the files say of it; its id stays."""
    for name in FILLED:
        setattr(course, name, getattr(given, name))
    return course


def _retired(course: Course, today: date) -> Course:
    """Make a course historic: its last day is yesterday, or the end it already had."""
    yesterday = today - timedelta(days=1)
    course.is_historic = True
    course.valid_to = min(course.valid_to or yesterday, yesterday)
    return course


def _update(courses: list[Course]) -> None:
    """Write every filled column of existing courses: a hundred times faster than one by one."""
    Course.objects.bulk_create(
        courses,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(FILLED),
    )


def _store_pairs(register: Register) -> None:
    """Make the stored pairs those of the files."""
    ids = dict(Course.objects.values_list("key", "pk"))
    CoursePair.objects.all().delete()
    CoursePair.objects.bulk_create(
        CoursePair(gy11_id=ids[gy11], gy25_id=ids[gy25]) for gy11, gy25 in register.pairs
    )


def _store_words() -> None:
    """Make the search words those of the courses, retired ones too: twenty thousand."""
    CourseWord.objects.all().delete()
    courses = Course.objects.values_list("pk", "code", "name", "subject_name")
    words = [(pk, key) for pk, *texts in courses for key in course_words(*texts)]
    insert_values(CourseWord._meta.db_table, ("course_id", "key"), words)
