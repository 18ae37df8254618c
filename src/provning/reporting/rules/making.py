"""What stands against making an extract for an authority and handing it over: pure."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from provning.kernel.problems import Problem
from provning.reporting.layout import Layout
from provning.reporting.writing import CodeKey

POLICY = "Policy"
SECRECY = "Offentlighets- och sekretesslagen (2009:400) 21 kap. 3 §"
CSN_LAW = "Studiestödsförordningen (2000:655) 6 kap. 9–11 §§"
DEAD_AFTER = timedelta(minutes=5)
CODE = re.compile(r"[^;\s\x00-\x1f\x7f]{1,20}")

CODE_LABELS = {
    ("trial", "trial"): "Prövning",
    ("level", "upper"): "Gymnasial nivå",
    ("level", "basic"): "Grundläggande nivå",
    ("level", "sfi"): "Sfi",
    ("level", "adapted_basic"): "Anpassad utbildning, grundläggande nivå",
    ("level", "adapted_upper"): "Anpassad utbildning, gymnasial nivå",
    ("placing", "distance"): "Förläggning: distans",
    ("placing", "on_site"): "Förläggning: inte distans",
    ("no_grade", "absent"): "Betyg saknas: kom inte",
    ("no_grade", "incomplete"): "Betyg saknas: gjorde inte alla delar",
    ("no_grade", "no_identification"): "Betyg saknas: kunde inte visa legitimation",
    ("no_grade", "waiting"): "Betyg saknas: inte satt än",
}
"""Everything that a table of codes may be asked for, and what it is called on screen."""


def code_unknown(key: CodeKey, layout: Layout) -> Problem:
    """Say that a column stays blank, since nobody has told the code."""
    message = (
        "Koden för ”{what}” hos {receiver} är okänd, så kolumnen är tom. Skriv in koden från"
        " myndighetens beskrivning och gör underlaget på nytt."
    )
    params = {"what": CODE_LABELS[key], "receiver": layout.receiver}
    return Problem("report-code-unknown", "", message, layout.source, params)


def not_to_send(blanks: Collection[CodeKey], layout: Layout) -> list[Problem]:
    """Say why an extract stays a draft: each code that is blank in it."""
    return [code_unknown(key, layout) for key in sorted(blanks)]


def not_whole(stops: int) -> Problem:
    """Say that nothing is made as long as one row cannot be."""
    message = (
        "Fel som gör att en rad inte kan skrivas: {count}. En fil lämnas hel eller inte alls."
        " Rätta det som står under ”Måste rättas” och gör underlaget på nytt."
    )
    return Problem("report-not-whole", "", message, POLICY, {"count": stops})


def nothing_to_report() -> Problem:
    """Say that the file would be empty."""
    message = "Det finns ingen prövning att lämna uppgift om i perioden. Välj en annan termin."
    return Problem("report-empty", "", message, POLICY)


def trials_left_out() -> Problem:
    """Say that CSN is told of no prövning unless the organiser has decided so."""
    message = (
        "En prövning är inte studier och ger inget studiestöd, så den lämnas inte till CSN."
        " Huvudmannen kan bestämma något annat som lokal regel."
    )
    return Problem("report-trials-left-out", "", message, CSN_LAW)


def protected_right() -> Problem:
    """Say that who makes or reads a file with protected persons may see them."""
    message = (
        "Filen har personer med skyddade personuppgifter. Be någon som får se dem att göra eller"
        " hämta den."
    )
    return Problem("report-protected-right", "", message, SECRECY)


def code_problems(code: str, key: CodeKey) -> list[Problem]:
    """Say why a code cannot be kept."""
    problems = []
    if key not in CODE_LABELS:
        problems.append(_no_such_code())
    if not CODE.fullmatch(code):
        problems.append(_code_form())
    return problems


def is_stalled(progress_at: datetime, moment: datetime) -> bool:
    """Say whether a job has stood still so long that it must be dead."""
    return moment - progress_at > DEAD_AFTER


def _no_such_code() -> Problem:
    message = "Den koden används inte i filen. Välj en i listan."
    return Problem("report-code-none", "key", message, POLICY)


def _code_form() -> Problem:
    message = (
        "Skriv koden som den står hos myndigheten: högst 20 tecken utan mellanslag och semikolon."
    )
    return Problem("report-code-form", "code", message, POLICY)
