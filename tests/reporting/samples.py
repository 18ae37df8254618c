"""Rows that no database is needed for."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from provning.courses.kinds import Curriculum
from provning.kernel.grade_scales import ScaleFamily
from provning.kernel.terms import Term
from provning.reporting.layout import Target, layout_of
from provning.reporting.rules import View
from provning.reporting.source import FileFacts, SourceRow

HT26, VT26 = Term.parse("HT26"), Term.parse("VT26")
EXAM, TODAY = date(2026, 10, 5), date(2026, 11, 26)
FACTS = FileFacts("Prövning", "0.1.0 utkast", TODAY)
PERSONNUMMER, SAMORDNINGSNUMMER, WITHOUT_MONTH = "196909092394", "197611672382", "200200692382"
ROW = SourceRow(
    placement_id=UUID(int=1),
    decision_id=UUID(int=2),
    person_id=UUID(int=3),
    number=PERSONNUMMER,
    given_name="Ada",
    family_name="Åberg",
    protected=False,
    group_id=UUID(int=4),
    group_name="PRÖ:KC26HTMAT03B",
    start_date=date(2026, 8, 17),
    end_date=date(2026, 12, 18),
    year=2026,
    season="HT",
    distance=True,
    supervised=True,
    unit_code="12345678",
    unit_name="Komvux Centrum",
    provider_id=UUID(int=5),
    provider_name="Vuxenutbildning Sjöstad",
    provider_number="212000-0142",
    course_code="MATMAT03b",
    course_name="Matematik 3b",
    points=100,
    curriculum=Curriculum.GY11,
    scale_family=ScaleFamily.UPPER_SECONDARY,
    exam_date=EXAM,
    outcome="",
    grade="C",
    has_twin=False,
)
CODES = {("trial", "trial"): "P1", ("level", "upper"): "3", ("placing", "distance"): "D"}


def row(**changes: Any) -> SourceRow:
    """Return the row with some of it otherwise."""
    return replace(ROW, **changes)


def view(target: Target = Target.SCB, **changes: Any) -> View:
    """Return how a file of the autumn is judged, every code known."""
    layout = layout_of(target)
    whole = View(
        layout=layout,
        columns=layout.columns_on(TODAY),
        term=HT26,
        codes=CODES | layout.codes,
        facts=FACTS,
        today=TODAY,
        days=14,
        protected_in=False,
        trials_in=True,
    )
    return replace(whole, **changes)
