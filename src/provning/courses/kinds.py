"""What a code can name, and by which rules: values that need no database."""

from enum import StrEnum


class Curriculum(StrEnum):
    """Regelverk: the rules that the course belongs to.

    ADULT_UPPER holds the codes of komvux itself at gymnasial nivå, which Gy25 did not replace.
    """

    GY11 = "gy11"
    GY25 = "gy25"
    ADULT_UPPER = "adult_upper"
    BASIC = "basic"
    SFI = "sfi"
    ADAPTED_BASIC = "adapted_basic"
    ADAPTED_UPPER = "adapted_upper"

    @property
    def label(self) -> str:
        """Return the Swedish name shown on screen."""
        return CURRICULUM_LABELS[self]


class Kind(StrEnum):
    """What sort of thing the code names."""

    COURSE = "course"
    LEVEL = "level"
    PART = "part"
    DIPLOMA = "diploma"
    ORIENTATION = "orientation"
    SUBJECT_AREA = "subject_area"
    TEMPLATE = "template"

    @property
    def label(self) -> str:
        """Return the Swedish word shown on screen."""
        return KIND_LABELS[self]


CURRICULUM_LABELS = {
    Curriculum.GY11: "Gy11",
    Curriculum.GY25: "Gy25",
    Curriculum.ADULT_UPPER: "Komvux, gymnasial nivå",
    Curriculum.BASIC: "Grundläggande nivå",
    Curriculum.SFI: "Sfi",
    Curriculum.ADAPTED_BASIC: "Anpassad utbildning, grundläggande nivå",
    Curriculum.ADAPTED_UPPER: "Anpassad utbildning, gymnasial nivå",
}

KIND_LABELS = {
    Kind.COURSE: "kurs",
    Kind.LEVEL: "ämnesnivå",
    Kind.PART: "delkurs",
    Kind.DIPLOMA: "komvuxarbete eller gymnasiearbete",
    Kind.ORIENTATION: "orienteringskurs",
    Kind.SUBJECT_AREA: "ämnesområde",
    Kind.TEMPLATE: "mall utan språk eller inriktning",
}
