"""Grade scales as data with validity dates (Skollagen 20 kap. 36 §)."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provning.kernel.problems import Problem
from provning.kernel.swedish import DASHES

SL_36 = "Skollagen 20 kap. 36 §"
RANGE_FROM = 3


class ScaleFamily(StrEnum):
    """What kind of course is graded; the date then decides the scale."""

    UPPER_SECONDARY = "gy"
    DIPLOMA = "diploma"
    BASIC = "basic"
    ADAPTED_BASIC = "adapted_basic"
    ADAPTED_UPPER = "adapted_upper"
    ADAPTED_DIPLOMA = "adapted_diploma"
    UNGRADED = "ungraded"


@dataclass(frozen=True, slots=True)
class GradeScale:
    """The values that may be set, best first, and the days they may be set on, both inclusive."""

    id: str
    values: tuple[str, ...]
    passing: frozenset[str]
    valid_from: date | None
    valid_to: date | None
    source: str

    @property
    def label(self) -> str:
        """Return the scale in short: A–F, G/IG, E."""
        if len(self.values) > RANGE_FROM:
            return f"{self.values[0]}–{self.values[-1]}"
        return "/".join(self.values)

    def valid_on(self, day: date) -> bool:
        """Say whether grades may be set by this scale on the day."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)


A_TO_F = ("A", "B", "C", "D", "E", "F")
A_TO_E = frozenset("ABCDE")

SCALES: dict[ScaleFamily, tuple[GradeScale, ...]] = {
    ScaleFamily.UPPER_SECONDARY: (
        GradeScale("AF_GY", A_TO_F, A_TO_E, date(2011, 7, 1), None, SL_36),
    ),
    ScaleFamily.DIPLOMA: (
        GradeScale(
            "EF_ARBETE",
            ("E", "F"),
            frozenset("E"),
            None,
            None,
            "Förordning (2011:1108) 4 kap. 8 §; Skollagen 15 kap. 25 §",
        ),
    ),
    ScaleFamily.BASIC: (
        GradeScale("AF_GRUND_2012", A_TO_F, A_TO_E, date(2012, 7, 1), date(2021, 12, 31), SL_36),
        GradeScale("GU_GRUND", ("G", "IG"), frozenset("G"), date(2022, 1, 1), None, SL_36),
    ),
    ScaleFamily.ADAPTED_BASIC: (
        GradeScale("G_ANP_GRUND", ("G",), frozenset("G"), date(2022, 1, 1), None, SL_36),
    ),
    ScaleFamily.ADAPTED_UPPER: (GradeScale("AE_ANP_GYM", A_TO_F[:-1], A_TO_E, None, None, SL_36),),
    ScaleFamily.ADAPTED_DIPLOMA: (
        GradeScale(
            "E_ANP_ARBETE",
            ("E",),
            frozenset("E"),
            None,
            None,
            "Förordning (2011:1108) 4 kap. 8 a §",
        ),
    ),
    ScaleFamily.UNGRADED: (),
}

NAMES = {"G": "Godkänt", "IG": "Icke godkänt"}


def scale_for(family: ScaleFamily, on: date) -> GradeScale | None:
    """Return the scale in force on the day, or None when no grade can be set."""
    return next((scale for scale in SCALES[family] if scale.valid_on(on)), None)


def value_name(value: str) -> str:
    """Return a value written out: Godkänt for G, Icke godkänt for IG, letters as they are."""
    return NAMES.get(value, value)


def normalise_value(text: str) -> str:
    """Return a typed value in the form it is stored in."""
    return unicodedata.normalize("NFC", text.strip()).upper()


def grade_value_problems(value: str, family: ScaleFamily, on: date) -> list[Problem]:
    """Say why a value cannot be set for a course of the family on the day.

    Skollagen 20 kap. 36 §, 39-40 §§; Förordning (2011:1108) 4 kap. 7 §.
    """
    if family is ScaleFamily.UNGRADED:
        return [_ungraded()]
    scale = scale_for(family, on)
    if scale is None:
        return [_no_scale(on)]
    if not value.strip():
        return [_missing(scale)]
    if value.strip() in DASHES:
        return [_dash()]
    return [] if value in scale.values else [_outside(value, scale)]


def _ungraded() -> Problem:
    """Say that some courses are never graded."""
    return Problem(
        "grade-course-ungraded",
        "value",
        "Betyg sätts inte på den här kursen, så prövning går inte att göra. Välj en annan kurs.",
        "Förordning (2011:1108) 4 kap. 7 §",
    )


def _no_scale(on: date) -> Problem:
    """Say that the date lies outside every scale."""
    return Problem(
        "grade-no-scale",
        "value",
        "Det fanns ingen betygsskala för kursen {date}. Kontrollera kursen och prövningsdatumet.",
        SL_36,
        {"date": on},
    )


def _dash() -> Problem:
    """Say why a prövning never ends in a dash."""
    return Problem(
        "grade-dash",
        "value",
        "Streck kan inte sättas vid prövning: 40 § hänvisar inte till 39 §. Registrera inget betyg"
        " om prövningen inte genomfördes. Sätt det lägsta betyget om den inte räckte till godkänt.",
        "Skollagen 20 kap. 39–40 §§",
    )


def _missing(scale: GradeScale) -> Problem:
    """Ask for a value and name the choices."""
    if len(scale.values) == 1:
        message = "Betyget saknas. Skriv {last}."
    else:
        message = "Betyget saknas. Skriv {first} eller {last}."
    return Problem("grade-missing", "value", message, scale.source, _choices(scale))


def _outside(value: str, scale: GradeScale) -> Problem:
    """Name the choices of the scale in force."""
    if len(scale.values) == 1:
        message = "{value} finns inte i skalan för kursen. Skriv {last}."
    else:
        message = "{value} finns inte i skalan för kursen. Skriv {first} eller {last}."
    params = {"value": value, **_choices(scale)}
    return Problem("grade-outside-scale", "value", message, scale.source, params)


def _choices(scale: GradeScale) -> dict[str, str]:
    """Split the values so that a message can put its own "or" between them."""
    return {"first": ", ".join(scale.values[:-1]), "last": scale.values[-1]}
