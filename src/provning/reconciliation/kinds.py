"""The ways in which two files can disagree, in the order they are shown."""

from enum import StrEnum


class MismatchKind(StrEnum):
    """One way to disagree; the value is the end of its problem's code."""

    DATE = "date"
    GRADE_ALONE = "grade-alone"
    PLACEMENT_ALONE = "placement-alone"
    DAYS = "days"
    OUTSIDE_GROUP = "outside-group"
    OUTSIDE_TERM = "outside-term"
    PREFIX_MISSING = "prefix-missing"
    PREFIX_NEAR = "prefix-near"
    NOT_TRIAL = "not-trial"
    SCALE = "scale"
    GRADE_TWICE = "grade-twice"
    PLACEMENT_TWICE = "placement-twice"
    TEACHER = "teacher"
    GROUP = "group"

    @property
    def label(self) -> str:
        """Return the Swedish heading that mismatches of the kind are shown under."""
        return MISMATCH_LABELS[self]


MISMATCH_LABELS = {
    MismatchKind.DATE: "Betygsdatum är inte prövningsdatum",
    MismatchKind.GRADE_ALONE: "Betyg utan placering",
    MismatchKind.PLACEMENT_ALONE: "Placering utan betyg",
    MismatchKind.DAYS: "Fr.o.m. och t.o.m. är olika",
    MismatchKind.OUTSIDE_GROUP: "Datum utanför gruppens tid",
    MismatchKind.OUTSIDE_TERM: "Datum i ett annat halvår än gruppens",
    MismatchKind.PREFIX_MISSING: "Prövningsbetyg i grupp utan PRÖ:",
    MismatchKind.PREFIX_NEAR: "Gruppnamnets början är felskriven",
    MismatchKind.NOT_TRIAL: "Betyg utan markering för prövning",
    MismatchKind.SCALE: "Betyg utanför kursens skala",
    MismatchKind.GRADE_TWICE: "Samma betyg flera gånger",
    MismatchKind.PLACEMENT_TWICE: "Samma placering flera gånger",
    MismatchKind.TEACHER: "Olika lärare",
    MismatchKind.GROUP: "Olika grupper",
}
