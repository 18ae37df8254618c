"""From what was typed in a course field to one course, or to the hits to choose among."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from provning.courses.queries import CourseHit, CourseRow, course_by_code, search_courses
from provning.kernel.swedish import search_words
from provning.web.fields import Chosen
from provning.web.forms import problem_text
from provning.web.pieces import Option

HITS = 20


@dataclass(frozen=True, slots=True)
class CourseChoice:
    """The one course that was meant, or None and the hits to choose among."""

    text: str
    course: CourseRow | None = None
    hits: Sequence[CourseHit] = ()

    @property
    def chosen(self) -> Chosen:
        """Return what the combobox is to hold."""
        if self.course is None:
            return Chosen(self.text)
        return Chosen(course_text(self.course), self.course.code)


def course_text(course: CourseRow) -> str:
    """Return a chosen course as it stands in the field: Matematik 3b, MATMAT03b."""
    return f"{course.name}, {course.code}"


def choose_course(typed: Chosen, *, picked: str, on: date) -> CourseChoice:
    """Find the course by its code, by the option chosen, or by a name that only one course has.

    `picked` is the code marked in the list of hits, which is offered when none of these is enough.
    """
    for code in filter(None, (picked, typed.text)):
        course = course_by_code(code)
        if course is not None:
            return CourseChoice(typed.text, course)
    # The chosen option's own text: the key beside it is only as true as the text still is.
    course = course_by_code(typed.key or typed.text.rpartition(", ")[2])
    if course is not None and course_text(course) == typed.text:
        return CourseChoice(typed.text, course)
    return _by_name(typed.text, on)


def options(hits: Sequence[CourseHit]) -> list[Option]:
    """Return the hits as options of a combobox; who cannot be chosen says why."""
    return [
        Option(hit.course.code, course_text(hit.course), points_text(hit.course), why_not(hit))
        for hit in hits
    ]


def why_not(hit: CourseHit) -> str:
    """Return why a hit cannot be chosen, "" when it can."""
    return "" if hit.selectable else problem_text(hit.problems[0])


def points_text(course: CourseRow) -> str:
    """Return the points with their unit, or that they are not fixed."""
    if course.points is None:
        return _("inga fasta poäng")
    return _("{points} p").format(points=course.points)


def _by_name(text: str, on: date) -> CourseChoice:
    hits = search_courses(text, on=on, limit=HITS)
    asked = search_words(text)
    same = [hit.course for hit in hits if hit.selectable and search_words(hit.course.name) == asked]
    # A name that two courses share is not enough: the person sees both and chooses.
    course = same[0] if len(same) == 1 else None
    return CourseChoice(text, course, () if course else hits)
