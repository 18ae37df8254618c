"""What stands beside a grade on paper: marks and Övriga upplysningar, from what was decided; pure.

A decision that a rättelse or ändring has taken the place of stays as it was decided; what has
happened is added beside it. Nothing is said of use of the exception (Skollagen 20 kap. 38 §), nor
of why a grade was corrected: both may touch on somebody's health.
"""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from provning.catalogues.content import Mark
from provning.grading.rows import DecisionRow, Particulars, Previous, Successor

SWEDEN = ZoneInfo("Europe/Stockholm")
CORRECTION = "Rättelse"
OWN_MARKS = {CORRECTION: Mark.CORRECTION, "Ändring": Mark.AMENDMENT}
ADDED_MARKS = {CORRECTION: Mark.CORRECTED, "Ändring": Mark.AMENDED}
GROUNDS = {
    "disagreement": "Beslutat av rektor: lärarna var oense (skollagen 20 kap. 41 §)",
    "left": "Beslutat av rektor: läraren har slutat",
    "hindered": "Beslutat av rektor: läraren var förhindrad",
}


def marks_of(decision: DecisionRow) -> tuple[Mark, ...]:
    """Return the marks: what the grade is, and what has become of it since."""
    found = [Mark.TRIAL]
    if decision.correction_type:
        found.append(OWN_MARKS[decision.correction_type])
    if decision.successor:
        found.append(ADDED_MARKS[decision.successor.correction_type])
    if decision.covered_by:
        found.append(Mark.REPLACED)
    return tuple(found)


def remarks_of(decision: DecisionRow) -> str:
    """Return everything that is to be read beside the grade, as sentences without a last stop."""
    return ". ".join(_sentences(decision))


def _sentences(decision: DecisionRow) -> Iterator[str]:
    yield from _particulars(decision.particulars)
    if decision.previous:
        yield _before(decision, decision.previous)
    yield from _why_rektor(decision)
    if decision.successor:
        yield _after(decision, decision.successor)
    if decision.covered_by:
        higher = decision.covered_by
        yield (
            f"Ersatt av {higher.course_code}, nivå {higher.level}, betyg {higher.value} från"
            f" {higher.exam_date.isoformat()}"
        )


def _particulars(stored: Particulars) -> Iterator[str]:
    """Say what the course was about, where its code demands it."""
    if stored.specialisation:
        yield f"Specialisering: {stored.specialisation}"
    if stored.language:
        yield f"Språk: {stored.language}"
    if stored.project_title:
        yield f"Komvuxarbete: {stored.project_title}"
    if stored.project_summary:
        yield stored.project_summary.rstrip(".")


def _why_rektor(decision: DecisionRow) -> Iterator[str]:
    """Say why it was not the teacher who decided, and on whose delegation when not rektor."""
    said, by = GROUNDS.get(decision.ground, ""), decision.delegated_by
    if by:
        yield said.replace("av rektor", f"på delegation av {by}", 1) or (
            f"Beslutat på delegation av {by}"
        )
    elif said:
        yield said


def _delegated(by: str) -> str:
    return f" på delegation av {by}" if by else ""


def _before(decision: DecisionRow, old: Previous) -> str:
    """Say what the grade was; also the course when that was what was wrong."""
    course = f" i {old.course_code}" if old.course_code != decision.course_code else ""
    return f"Tidigare betyg {old.value}{course} från {old.exam_date.isoformat()}"


def _after(decision: DecisionRow, new: Successor) -> str:
    """Say what took the decision's place, when and by whom."""
    mark = ADDED_MARKS[new.correction_type]
    by_rektor = new.correction_type == CORRECTION and not new.delegated_by
    title = "rektor " if by_rektor else ""
    changed = list(_changed(decision, new))
    day = new.decided_at.astimezone(SWEDEN).date().isoformat()
    when = day if changed == [new.value] else f"den {day}"
    who = f"{title}{new.decided_by_name}{_delegated(new.delegated_by)}"
    return f"{mark} till {', '.join(changed)} {when} av {who}"


def _changed(decision: DecisionRow, new: Successor) -> Iterator[str]:
    """Return what differs: grade, prövningsdatum, course; the grade also when nothing does."""
    differs = (new.exam_date != decision.exam_date, new.course_code != decision.course_code)
    if new.value != decision.value or not any(differs):
        yield new.value
    if differs[0]:
        yield f"prövningsdatum {new.exam_date.isoformat()}"
    if differs[1]:
        yield f"kurs {new.course_code}"
