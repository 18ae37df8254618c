"""Which school type a course is of, in the words of SS 12000."""

from provning.courses.kinds import Curriculum

SCHOOL_TYPE = {
    Curriculum.GY11: "VUXGY",
    Curriculum.GY25: "VUXGY",
    Curriculum.ADULT_UPPER: "VUXGY",
    Curriculum.BASIC: "VUXGR",
    Curriculum.SFI: "VUXSFI",
    Curriculum.ADAPTED_BASIC: "VUXSARGR",
    Curriculum.ADAPTED_UPPER: "VUXSARGY",
}
# The code list has no word for Gy25 and the newer rules, so it is left out there.
CURRICULUM = {Curriculum.GY11: "GY2011"}


def school_type(curriculum: str) -> str:
    """Return the school type of a course's curriculum."""
    return SCHOOL_TYPE[Curriculum(curriculum)]


def curricula_of(school_types: list[str]) -> list[str]:
    """Return the curricula whose courses are of one of the school types."""
    return [each.value for each, word in SCHOOL_TYPE.items() if word in school_types]
