"""What a grade needs beside its value, for some courses (Förordning 2011:1108 4 kap. 8 §)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from provning.courses.kinds import Curriculum, Kind
from provning.courses.rows import CourseRow
from provning.grading.rows import Needs, Particulars
from provning.kernel.problems import Problem

VF_8: Final = "Förordning (2011:1108) 4 kap. 8 §"
LONGEST_SUMMARY: Final = 240
LONGEST: Final = {
    "specialisation": 200,
    "language": 60,
    "project_title": 200,
    "project_summary": LONGEST_SUMMARY,
    "co_assessor": 200,
}

# ADMADM00S, MUSINS01S: the content is the school's own. In Gy25 spets keeps it (HUMT100PX00A).
_SPECIALISED: Final = re.compile(r"[A-ZÅÄÖ]{6}\d{2}S")
_SPETS: Final = re.compile(r"[A-Z]{4}\d00PX00[A-Z]")
_LANGUAGE_SUBJECTS: Final = frozenset({"MOD", "MOE", "SPA", "MODE", "MODF", "MODG", "MODO", "MODY"})
# How the course's own name says its language.
_NAMED: Final = (
    re.compile(r"(?P<language>.+) – (?:grund|nybörjare|fortsättning|fördjupning) nivå \d"),
    re.compile(r"Modersmål – (?P<language>.+) nivå \d"),
    re.compile(r"(?:Moderna språk|Modersmål|Språk specialisering)[^,]*, (?P<language>.+)"),
    re.compile(r"(?P<language>Kinesiska(?: \(mandarin\))?) \d"),
)


def needs_of(course: CourseRow) -> Needs:
    """Return what the course demands beside the grade.

    A language that the course's name says is known and not asked for.
    """
    code = course.code.upper()
    return Needs(
        specialisation=course.kind is not Kind.DIPLOMA
        and bool(_SPECIALISED.fullmatch(code) or _SPETS.fullmatch(code)),
        language=_has_language(course) and not named_language(course),
        project=course.kind is Kind.DIPLOMA,
    )


def named_language(course: CourseRow) -> str:
    """Return the language that a language course's name says, "" for all other courses."""
    if not _has_language(course):
        return ""
    found = (pattern.fullmatch(course.name) for pattern in _NAMED)
    return next((match["language"].lower() for match in found if match), "")


def kept(particulars: Particulars, course: CourseRow) -> Particulars:
    """Return the particulars as they are stored: tidied, and only what the course has use for."""
    needs = needs_of(course)
    return Particulars(
        exception_used=particulars.exception_used,
        specialisation=_tidy(particulars.specialisation) if needs.specialisation else "",
        language=_tidy(particulars.language) if needs.language else named_language(course),
        project_title=_tidy(particulars.project_title) if needs.project else "",
        project_summary=_tidy(particulars.project_summary) if needs.project else "",
        co_assessor=_tidy(particulars.co_assessor) if needs.project else "",
    )


def length_problems(particulars: Particulars) -> list[Problem]:
    """Refuse what does not have room in the betygskatalog, each at its own field."""
    message = "Texten har {length} tecken. Korta den till högst {longest}."
    lengths = {name: len(getattr(particulars, name)) for name in LONGEST}
    return [
        Problem(
            "grade-particulars-long", name, message, VF_8, {"length": length, "longest": longest}
        )
        for name, longest in LONGEST.items()
        if (length := lengths[name]) > longest
    ]


def missing_particulars(particulars: Particulars, needs: Needs) -> list[Problem]:
    """Say what has to be filled in before the grade is decided, each at its own field."""
    return [
        *(_missing_specialisation(particulars) if needs.specialisation else ()),
        *(_missing_language(particulars) if needs.language else ()),
        *(_missing_project(particulars) if needs.project else ()),
    ]


def at_row(problem: Problem, field: str) -> Problem:
    """Return the problem at the grade's row instead of at the particular's own field."""
    return replace(problem, field=field)


def _missing_specialisation(particulars: Particulars) -> Iterator[Problem]:
    if not particulars.specialisation:
        message = (
            "Skriv inriktningen: kursens kod säger inte vad den handlade om. Den står i"
            " betygskatalogen."
        )
        yield Problem("grade-specialisation-missing", "specialisation", message, "Policy")


def _missing_language(particulars: Particulars) -> Iterator[Problem]:
    if not particulars.language:
        message = "Skriv språket: kursens kod säger inte vilket. Det står i betygskatalogen."
        yield Problem("grade-language-missing", "language", message, "Policy")


def _missing_project(particulars: Particulars) -> Iterator[Problem]:
    """Ask for everything that the grade of a komvuxarbete is documented with."""
    if not particulars.project_title:
        message = "Skriv komvuxarbetets titel."
        yield Problem("grade-project-title-missing", "project_title", message, VF_8)
    if not particulars.project_summary:
        message = "Skriv en sammanfattning av komvuxarbetet, högst {longest} tecken."
        params = {"longest": LONGEST_SUMMARY}
        yield Problem("grade-project-summary-missing", "project_summary", message, VF_8, params)
    if not particulars.co_assessor:
        message = "Skriv vem som är medbedömare: läraren beslutar när medbedömaren har yttrat sig."
        yield Problem("grade-co-assessor-missing", "co_assessor", message, VF_8)


def _has_language(course: CourseRow) -> bool:
    upper_secondary = course.curriculum in {Curriculum.GY11, Curriculum.GY25}
    return upper_secondary and course.subject_code.upper() in _LANGUAGE_SUBJECTS


def _tidy(text: str) -> str:
    return " ".join(text.split())
