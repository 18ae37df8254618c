"""What an authority would refuse or count wrongly in a prövning: a maker for each sort."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from provning.kernel.problems import Problem
from provning.kernel.terms import Term
from provning.reporting.layout import Column, Layout
from provning.reporting.source import SourceRow

POLICY = "Policy"
MANUAL = "Manual s. 3"
SIGNED_LATE = "Leverantörswebben, Prov och betyg"


class Severity(StrEnum):
    """Whether nothing can be made, a row stays out of the file, or somebody should look."""

    STOP = "stop"
    LEFT_OUT = "left_out"
    CHECK = "check"


class Place(StrEnum):
    """Where a thing is mended."""

    PERSON = "person"
    GROUP = "group"
    GRADES = "grades"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in one prövning: what it is, how bad, and where it is mended."""

    problem: Problem
    severity: Severity
    place: Place
    key: UUID
    row: SourceRow


def number_missing(row: SourceRow) -> Finding:
    """Say that the person has no number."""
    message = "Personen saknar personnummer. Skriv in numret."
    return _at_person(Problem("report-number-missing", "number", message, POLICY), row)


def number_form(row: SourceRow, receiver: str) -> Finding:
    """Say that the temporary number has a form that the authority does not take."""
    message = (
        "Det tillfälliga numret har en form som {receiver} inte tar emot. Skriv in personnumret,"
        " eller ett nummer med TF och två siffror."
    )
    params = {"receiver": receiver}
    return _at_person(Problem("report-number-form", "number", message, POLICY, params), row)


def number_temporary(row: SourceRow) -> Finding:
    """Say that the number is temporary."""
    message = (
        "Personen har ett tillfälligt nummer. Skriv in personnumret om personen har fått ett, så"
        " att samma person inte räknas två gånger."
    )
    problem = Problem("report-number-temporary", "number", message, POLICY)
    return _at_person(problem, row, Severity.CHECK)


def number_manual(row: SourceRow, receiver: str) -> Finding:
    """Say that the authority takes no number of the kind: the grade is handed over by hand."""
    message = (
        "{receiver} tar inte emot den sortens nummer, så raden är inte med. Personen lämnar betyget"
        " på papper."
    )
    problem = Problem("report-number-manual", "number", message, POLICY, {"receiver": receiver})
    return _at_person(problem, row, Severity.LEFT_OUT)


def number_odd(row: SourceRow) -> Finding:
    """Say that the number does not tell the day of birth."""
    message = (
        "Samordningsnumret saknar månad eller dag. Kontrollera om personen har fått ett annat"
        " nummer."
    )
    problem = Problem("report-number-odd", "number", message, POLICY)
    return _at_person(problem, row, Severity.CHECK)


def protected_left_out(row: SourceRow) -> Finding:
    """Say that a protected person is not in the file."""
    message = (
        "Personen har skyddade personuppgifter och är inte med i filen. Lämna uppgiften på det sätt"
        " som myndigheten anger."
    )
    problem = Problem("report-protected-left-out", "", message, POLICY)
    return _at_person(problem, row, Severity.LEFT_OUT)


def protected_included(row: SourceRow) -> Finding:
    """Say that a protected person is in the file."""
    message = (
        "Personen har skyddade personuppgifter och är med i filen, som huvudmannen har bestämt."
        " Hantera filen därefter."
    )
    problem = Problem("report-protected-included", "", message, POLICY)
    return _at_person(problem, row, Severity.CHECK)


def date_outside_term(row: SourceRow, term: Term) -> Finding:
    """Say that the date lies outside the group's half-year."""
    message = (
        "Prövningsdatumet {day} ligger utanför {term}, som gruppen hör till. Rätta datumet, eller"
        " flytta prövningen till rätt termins grupp."
    )
    params = {"day": row.exam_date, "term": term.long_label}
    return _at_grades(
        Problem("report-date-outside-term", "exam_date", message, MANUAL, params), row
    )


def date_outside_group(row: SourceRow) -> Finding:
    """Say that the date lies outside the group's own days."""
    message = (
        "Prövningsdatumet {day} ligger utanför gruppens dagar, {first} till {last}. Rätta datumet"
        " eller gruppens dagar."
    )
    params = {"day": row.exam_date, "first": row.start_date, "last": row.end_date}
    problem = Problem("report-date-outside-group", "exam_date", message, MANUAL, params)
    return _at_group(problem, row)


def counted_elsewhere(row: SourceRow, layout: Layout, term: Term) -> Finding:
    """Say that the row is not in the file, since the authority counts its date to another term."""
    message = (
        "{receiver} räknar {day} till {term}. Raden kommer med i den filen i stället, inte i den"
        " här."
    )
    params = {"receiver": layout.receiver, "day": row.exam_date, "term": term.long_label}
    problem = Problem("report-counted-elsewhere", "exam_date", message, layout.source, params)
    return Finding(problem, Severity.CHECK, Place.NOWHERE, row.group_id, row)


def counted_here(row: SourceRow, layout: Layout, term: Term) -> Finding:
    """Say that the row is in the file although the group belongs to another term."""
    message = (
        "Gruppen hör till {term}, men {receiver} räknar {day} till den här perioden. Raden är med i"
        " filen."
    )
    params = {"receiver": layout.receiver, "day": row.exam_date, "term": term.long_label}
    problem = Problem("report-counted-here", "exam_date", message, layout.source, params)
    return Finding(problem, Severity.CHECK, Place.NOWHERE, row.group_id, row)


def grade_late(row: SourceRow, last_day: date) -> Finding:
    """Say that a grade should have been registered by now."""
    message = (
        "Betyg saknas, och skulle ha registrerats senast {last_day}. Sätt betyget, eller skriv"
        " varför prövningen inte gav något."
    )
    params = {"last_day": last_day}
    problem = Problem("report-grade-late", "grade", message, SIGNED_LATE, params)
    return _at_grades(problem, row)


def grade_waiting(row: SourceRow, last_day: date) -> Finding:
    """Say that a grade is still to come, in time."""
    message = "Betyg saknas än. Det ska registreras senast {last_day}."
    params = {"last_day": last_day}
    problem = Problem("report-grade-waiting", "grade", message, SIGNED_LATE, params)
    return _at_grades(problem, row)


def exam_ahead(row: SourceRow) -> Finding:
    """Say that the exam has not been."""
    message = "Prövningen är den {day} och har inte varit än. Vänta med filen tills den har det."
    problem = Problem("report-exam-ahead", "exam_date", message, POLICY, {"day": row.exam_date})
    return _at_grades(problem, row)


def grade_and_outcome(row: SourceRow) -> Finding:
    """Say that there is a grade although it is written that nothing came of the prövning."""
    message = (
        "Det finns ett betyg, men också ett skäl till att prövningen inte gav något. Ta bort det"
        " som är fel."
    )
    return _at_grades(Problem("report-grade-and-outcome", "grade", message, POLICY), row)


def outside_scale(row: SourceRow) -> Finding:
    """Say that the value is none of the course's scale on the day."""
    message = (
        "Betyget {value} finns inte i kursens betygsskala den {day}. Kontrollera kursen och"
        " datumet: ett fel rättas av rektor."
    )
    params = {"value": row.grade, "day": row.exam_date}
    problem = Problem("report-outside-scale", "grade", message, "Skollagen 20 kap. 36 §", params)
    return _at_grades(problem, row, Severity.STOP)


def teacher_missing(row: SourceRow) -> Finding:
    """Say that the group has no grading teacher."""
    message = "Gruppen saknar betygssättande lärare. Koppla en lärare till gruppen."
    return _at_group(Problem("report-teacher-missing", "", message, "Manual s. 4"), row)


def twin(row: SourceRow) -> Finding:
    """Say that the same prövning seems to be there twice."""
    message = (
        "Personen har en prövning till i samma kurs samma dag. Är det samma prövning, så ta"
        " tillbaka den ena placeringen."
    )
    return _at_group(Problem("report-twin", "", message, POLICY), row)


def points_missing(row: SourceRow, *, required: bool) -> Finding:
    """Say that the course has no points of its own."""
    message = (
        "Kursen {course} har inga fasta poäng i kursregistret. Kontrollera att det är rätt kurskod."
    )
    params = {"course": row.course_code}
    severity = Severity.STOP if required else Severity.CHECK
    problem = Problem("report-points-missing", "points", message, POLICY, params)
    return _at_group(problem, row, severity)


def provider_number_missing(row: SourceRow) -> Finding:
    """Say that the provider has no organisation number."""
    message = (
        "Anordnaren {provider} saknar organisationsnummer. Be systemadministratören skriva in det."
    )
    params = {"provider": row.provider_name}
    problem = Problem("report-provider-number", "provider_number", message, POLICY, params)
    return Finding(problem, Severity.CHECK, Place.NOWHERE, row.provider_id, row)


def unit_code_missing(row: SourceRow) -> Finding:
    """Say that the unit has no code."""
    message = "Skolenheten {unit} saknar skolenhetskod. Be systemadministratören skriva in den."
    problem = Problem("report-unit-code", "unit_code", message, POLICY, {"unit": row.unit_name})
    return Finding(problem, Severity.CHECK, Place.NOWHERE, row.provider_id, row)


def unfit(row: SourceRow, column: Column, text: str) -> Finding:
    """Say that something cannot be written in its column: nothing is cut or changed unseen."""
    message = (
        "”{text}” går inte att skriva i kolumnen {column}: högst {length} tecken av slaget {kind},"
        " utan semikolon. Rätta uppgiften där den finns."
    )
    params = {
        "text": text,
        "column": column.name,
        "length": column.length,
        "kind": column.character_class,
    }
    return _at_person(Problem("report-value-unfit", column.value, message, POLICY, params), row)


def _at_person(problem: Problem, row: SourceRow, severity: Severity = Severity.STOP) -> Finding:
    return Finding(problem, severity, Place.PERSON, row.person_id, row)


def _at_group(problem: Problem, row: SourceRow, severity: Severity = Severity.CHECK) -> Finding:
    return Finding(problem, severity, Place.GROUP, row.group_id, row)


def _at_grades(problem: Problem, row: SourceRow, severity: Severity = Severity.CHECK) -> Finding:
    return Finding(problem, severity, Place.GRADES, row.group_id, row)
