"""Syllabuses: every course and level of the register."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F, QuerySet

from provning.courses.kinds import Curriculum
from provning.courses.models import Course
from provning.publishing.resources.courses import CURRICULUM, school_type
from provning.publishing.resources.declaring import (
    Order,
    Page,
    Resource,
    Row,
    Written,
    both_ways,
    leave_out,
)
from provning.publishing.stamps import stamps_of
from provning.publishing.viewer import Viewer


def _visible(_viewer: Viewer) -> QuerySet[Course]:
    """Return the register, which is the same for everybody."""
    return Course.objects.all()


def _write(rows: Sequence[Row], page: Page) -> list[Written]:
    return [_one(row, page) for row in rows]


def _one(row: Row, page: Page) -> Written:
    return {
        **page.head("syllabuses", row["row_key"]),
        "schoolType": school_type(row["curriculum"]),
        "subjectName": row["subject_name"],
        **leave_out(
            {
                "subjectCode": row["subject_code"],
                "courseCode": row["code"],
                "courseName": row["name"],
                "points": row["points"],
                "curriculum": CURRICULUM.get(Curriculum(row["curriculum"])),
            }
        ),
        "official": True,
    }


def written_syllabuses(keys: set[UUID], page: Page) -> dict[UUID, Written]:
    """Return courses by id, for those who refer to them."""
    rows: list[Row] = list(Course.objects.filter(pk__in=keys).values(*COLUMNS, row_key=F("pk")))
    own = Page(page.viewer, frozenset(), page.references, stamps_of("syllabuses", keys))
    return {row["row_key"]: _one(row, own) for row in rows}


COLUMNS = ("code", "name", "subject_code", "subject_name", "points", "curriculum")
SYLLABUSES = Resource(
    name="syllabuses",
    entity="Syllabus",
    deleted_as="syllabuses",
    data_class="syllabuses",
    scope=_visible,
    visible=_visible,
    columns=COLUMNS,
    write=_write,
    orders={
        "ModifiedDesc": Order("", falling=True),
        **both_ways("SubjectName", "subject_name"),
        **both_ways("SubjectCode", "subject_code"),
        **both_ways("CourseName", "name"),
        **both_ways("CourseCode", "code"),
        **both_ways("SubjectDesignation", "subject_code"),
    },
)
