"""A student's grades as plain JSON and back, for what is stored between two steps."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from provning.betygxml.rows import (
    CourseGrade,
    DeciderRole,
    Deciders,
    GradeRow,
    SubjectGrade,
    SubjectTerm,
)


def grades_to_json(grades: Iterable[GradeRow]) -> str:
    """Return grades as JSON text."""
    return json.dumps([asdict(each) for each in grades], default=str, ensure_ascii=False)


def grades_from_json(text: str) -> tuple[GradeRow, ...]:
    """Return the grades that `grades_to_json` wrote."""
    return tuple(_grade(each) for each in json.loads(text))


def _grade(facts: Mapping[str, Any]) -> GradeRow:
    """Return one grade."""
    deciders = facts["deciders"]
    common = {
        **facts,
        "date": date.fromisoformat(facts["date"]),
        "deciders": Deciders(DeciderRole(deciders["role"]), tuple(deciders["persons"])),
    }
    if "course_code" in common:
        return CourseGrade(**common)
    term = common["term"]
    return SubjectGrade(**{**common, "term": SubjectTerm(**term) if term else None})
