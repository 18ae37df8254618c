"""Who may decide a grade."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from provning.kernel.problems import Problem

SL_16: Final = "Skollagen 3 kap. 16 §; Förordning (2011:1108) 6 kap. 15 §"
SL_41: Final = "Skollagen 20 kap. 41 §; Skollagen 3 kap. 16 och 20 §§"
SL_23: Final = "Skollagen 23 kap. 6 §; Förordning (2011:1108) 1 kap. 4 §"
DISAGREEMENT: Final = "disagreement"
LEFT: Final = "left"
GROUNDS: Final = frozenset({DISAGREEMENT, LEFT, "hindered"})


@dataclass(frozen=True, slots=True)
class Deciding:
    """A teacher who decides, alone or with another: on duty at the unit today, legitimated."""

    name: str
    on_duty: bool
    registered_teacher: bool


@dataclass(frozen=True, slots=True)
class Principal:
    """A rektor who decides instead of the teachers, on a ground and for a written reason.

    `for_organiser` is a rektor of the huvudman's own, not of one provider or unit.
    """

    ground: str
    reason: str
    for_organiser: bool


@dataclass(frozen=True, slots=True)
class Office:
    """Where it is decided: `grading_right` is betygsrätt on the exam dates.

    `contracted` is a provider on entreprenad, `teacher_left` that one of the group's teachers has
    no duty at the unit today; `teachers` are their names.
    """

    group_name: str
    contracted: bool
    grading_right: bool
    teachers: str
    teacher_left: bool


def teacher_problems(teacher: Deciding, other: Deciding | None, office: Office) -> list[Problem]:
    """Say why these cannot decide: a teacher, and the one who decides together with them.

    Under betygsrätt 3 kap. 16 § does not apply, and nobody needs to be legitimated.
    """
    both = [each for each in (teacher, other) if each]
    away = [_not_on_duty(each.name, office.group_name) for each in both if not each.on_duty]
    if away:
        return away
    if office.grading_right or any(each.registered_teacher for each in both):
        return []
    return [_not_registered(teacher.name) if other is None else _neither_registered(both)]


def principal_problems(principal: Principal, office: Office) -> list[Problem]:
    """Say why this rektor cannot decide instead of the teachers."""
    return [
        *office_problems(
            contracted=office.contracted,
            grading_right=office.grading_right,
            for_organiser=principal.for_organiser,
        ),
        *_ground_problems(principal, office),
    ]


def office_problems(
    *, contracted: bool, grading_right: bool, for_organiser: bool
) -> Iterator[Problem]:
    """Keep myndighetsutövning with the huvudman where the provider may not have it."""
    if contracted and not grading_right and not for_organiser:
        message = (
            "Anordnaren har ingen betygsrätt på prövningsdatumet. Då är det huvudmannens rektor som"
            " beslutar i lärarens ställe, rättar och ändrar betyg."
        )
        yield Problem("grade-principal-not-organisers", "", message, SL_23)


def _ground_problems(principal: Principal, office: Office) -> Iterator[Problem]:
    """Ask a rektor on what ground, and why."""
    if principal.ground not in GROUNDS:
        message = (
            "Välj varför rektor beslutar: lärarna är oense, eller läraren har slutat eller är"
            " förhindrad."
        )
        yield Problem("grade-principal-ground", "ground", message, SL_41)
    if principal.ground == LEFT and not office.teacher_left:
        message = (
            "{teachers} har tjänst vid enheten i dag och har alltså inte slutat. Välj förhindrad,"
            " om läraren inte kan besluta."
        )
        params = {"teachers": office.teachers}
        yield Problem("grade-teacher-still-on-duty", "ground", message, SL_41, params)
    if not principal.reason.strip():
        message = "Skriv varför rektor beslutar i stället för läraren. Skälet följer beslutet."
        yield Problem("grade-principal-reason", "reason", message, SL_41)


def _not_on_duty(name: str, group_name: str) -> Problem:
    """Say that the teacher has no duty at the unit today."""
    message = (
        "{teacher} har ingen tjänst vid enheten i dag. Koppla en annan lärare till {group}, eller"
        " låt rektor besluta."
    )
    params = {"teacher": name, "group": group_name}
    return Problem("grade-teacher-not-on-duty", "", message, SL_41, params)


def _not_registered(name: str) -> Problem:
    """Say that the teacher needs another one to decide with."""
    message = (
        "{teacher} har ingen lärarlegitimation och kan inte besluta ensam. Koppla en legitimerad"
        " lärare som beslutar tillsammans."
    )
    return Problem("grade-teacher-not-registered", "", message, SL_16, {"teacher": name})


def _neither_registered(both: list[Deciding]) -> Problem:
    """Say that one of the two has to be legitimated."""
    message = (
        "Varken {teacher} eller {other} har lärarlegitimation. Minst en av dem som beslutar"
        " tillsammans ska ha det."
    )
    params = {"teacher": both[0].name, "other": both[1].name}
    return Problem("grade-neither-registered", "", message, SL_16, params)
