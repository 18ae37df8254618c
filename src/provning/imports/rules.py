"""What stands against an import as a whole, and against a row whatever its kind; pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from provning.imports.plans import NEW, SKIP
from provning.kernel.problems import Problem

POLICY = "Policy"
STALLED_AFTER = timedelta(minutes=5)
LONGEST_NAME = 200


def is_stalled(progress_at: datetime, now: datetime) -> bool:
    """Say whether a job that has said nothing for so long has died."""
    return now - progress_at > STALLED_AFTER


def form_used() -> Problem:
    """Say that a form was sent again by somebody else."""
    message = "Formuläret har redan skickats. Ladda om sidan och välj filen igen."
    return Problem("import-form-used", "", message, POLICY)


def not_now(status: str) -> Problem:
    """Say that the step cannot be taken: somebody was first, or the page is old."""
    message = "Inläsningen är redan {status}. Ladda om sidan och läs hur det står till."
    return Problem("import-not-now", "", message, POLICY, {"status": status})


def no_rows() -> Problem:
    """Say that nothing stands under the headers."""
    message = "Filen har inga rader under rubrikerna. Kontrollera att rätt blad är med."
    return Problem("import-no-rows", "file", message, POLICY)


def headers_missing() -> Problem:
    """Refuse a file whose first row is data: nobody can tell what its columns are."""
    message = (
        "Filen saknar rubriker: den första raden ser ut att vara uppgifter. Lägg till en rad med"
        " rubriker, till exempel från mallen."
    )
    return Problem("import-headers-missing", "file", message, POLICY)


def field_unknown(name: str) -> Problem:
    """Refuse a column that is matched to something the kind does not read."""
    message = "”{name}” är inget som den här inläsningen tar emot. Välj ett av förslagen."
    return Problem("import-field-unknown", "columns", message, POLICY, {"name": name})


def row_twice(number: int) -> Problem:
    """Say that the file says the same thing twice."""
    message = "Samma sak står redan på rad {row}. Ta bort den ena raden."
    return Problem("import-row-twice", "", message, POLICY, {"row": number})


def choice_unknown() -> Problem:
    """Refuse an answer that was not among the choices."""
    message = "Välj ett av alternativen på raden."
    return Problem("import-choice", "", message, POLICY)


def unanswered(count: int) -> Problem:
    """Refuse to go on while rows wait for an answer."""
    message = "{count} rader väntar på ditt svar. Svara på dem, eller hoppa över dem, och läs in."
    return Problem("import-unanswered", "", message, POLICY, {"count": count})


def refused_rows(count: int) -> Problem:
    """Refuse to go on past rows with problems, unless they are left out by choice."""
    message = (
        "{count} rader kan inte läsas in. Rätta filen och ladda upp den på nytt, eller kryssa i att"
        " de ska hoppas över."
    )
    return Problem("import-refused-rows", "leave_out", message, POLICY, {"count": count})


def nothing_to_do() -> Problem:
    """Say that the register already has everything that can be taken in."""
    message = "Det finns inget att läsa in: ingen rad är ny eller ändrar något."
    return Problem("import-nothing", "", message, POLICY)


def changed_since(count: int) -> Problem:
    """Say that the register is not what it was when the rows were read through."""
    message = (
        "{count} rader har fått ett annat utfall sedan granskningen, för att någon har ändrat i"
        " registret. Ingenting lästes in. Granska dem igen nedan."
    )
    return Problem("import-changed", "", message, POLICY, {"count": count})


def rights_lost() -> Problem:
    """Say that who asked may no longer do this."""
    message = "Din behörighet räcker inte längre för inläsningen. Ingenting ändrades."
    return Problem("import-rights", "", message, POLICY)


def went_wrong() -> Problem:
    """Say that the program failed, and that nothing was stored."""
    message = "Något gick fel och ingenting ändrades. Försök igen, och kontakta supporten annars."
    return Problem("import-failed", "", message, POLICY)


def choice_problems(
    choice: str, candidates: Mapping[str, object], *, may_be_new: bool
) -> list[Problem]:
    """Say why an answer cannot be taken; "" takes an earlier answer back."""
    allowed = {"", SKIP, *candidates, *([NEW] if may_be_new else [])}
    return [] if choice in allowed else [choice_unknown()]
