"""Printed catalogues that many tests read, each made once, and property tests without a clock."""

import pytest
from hypothesis import settings

from provning.catalogues.content import Mark, split_per_person
from provning.catalogues.rendering import render_catalogue
from tests.catalogues.builders import DIFFICULT, catalogue, longest_names, row, rows, sheet
from tests.catalogues.electronic import signed_and_checked, signed_by_teacher, to_sign
from tests.catalogues.papers import Paper, read
from tests.catalogues.signing import one_graded, one_printed, one_printed_for_two
from tests.support.kept import kept

settings.register_profile("catalogues", deadline=None)
settings.load_profile("catalogues")

COUNTS = (1, 2, *range(17, 25), *range(36, 46))
REMARK = "Komvuxarbete: " + "vattenrening i kalla klimat och vad den kostar " * 5


signable = kept(to_sign)
signed = kept(signed_by_teacher)
checked = kept(signed_and_checked)
graded = kept(one_graded)
printed = kept(one_printed)
printed_for_two = kept(one_printed_for_two)


@pytest.fixture(scope="session")
def long_paper() -> Paper:
    """Return 300 decisions with the longest names, on three teachers' sheets."""
    names = (*DIFFICULT, *longest_names(300 - len(DIFFICULT)))
    decisions = rows(names)
    return read(
        catalogue(
            sheet(decisions[:130]),
            sheet(decisions[130:299], group_name="PRÖ:KC26VTMAT03B2", joint=["Per-Olof Nyqvist"]),
            sheet(decisions[299:], group_name="PRÖ:KC26VTMAT03B3"),
        ),
        render_catalogue,
    )


@pytest.fixture(scope="session")
def preliminary_paper() -> Paper:
    """Return two pages made before the term's end."""
    content = catalogue(sheet(rows(longest_names(30))), preliminary=True)
    return read(content, render_catalogue)


@pytest.fixture(scope="session")
def protected_paper() -> Paper:
    """Return the protected part: three persons in one group, one of them with two decisions."""
    first, second, third = rows(longest_names(3))
    again = row(2, longest_names(2)[1], marks=(Mark.TRIAL, Mark.CORRECTION))
    whole = sheet((first, second, third, again))
    return read(catalogue(*split_per_person(whole), protected=True), render_catalogue)


@pytest.fixture(scope="session")
def uneven_paper() -> Paper:
    """Return sheets that end just before, at and after a page's end, and one of long remarks."""
    names = longest_names(45)
    even = [sheet(rows(names[:count]), group_name=f"PRÖ:KC26VT{count}") for count in COUNTS]
    remarked = [row(number, names[number], remarks=REMARK) for number in range(1, 30)]
    return read(catalogue(*even, sheet(remarked, group_name="PRÖ:KC26VTKOM")), render_catalogue)
