"""What stands against an extract, what its document is called, and what has changed since: pure."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from provning.catalogues.content import Mark
from provning.extracts.rows import Change, ChangeKind, IssuerKind
from provning.grading.rows import DecisionRow
from provning.kernel.problems import Problem

VF_12 = "Förordning (2011:1108) 4 kap. 12 §"
VF_22 = "Förordning (2011:1108) 4 kap. 22 §"
SECRECY = "Offentlighets- och sekretesslagen (2009:400) 21 kap. 3 §"
POLICY = "Policy"
# Without the letters that are read as digits; five bits each.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HALF = 5
STALLED_AFTER = timedelta(minutes=5)
"""A job that has not come a step further for so long has lost its worker."""


def document_id(extract_id: UUID, issued_on: date) -> str:
    """Return what the document is called, UT26-7K3QX-9M2PA: it says nothing of person or number."""
    bits = extract_id.int
    letters = "".join(LETTERS[bits >> HALF * place & 31] for place in range(2 * HALF))
    return f"UT{issued_on:%y}-{letters[:HALF]}-{letters[HALF:]}"


def copy_id(original: str, number: int) -> str:
    """Return what a copy is called: the original's id and the copy's number."""
    return f"{original}-K{number}"


def choice_problems(chosen: Collection[DecisionRow], issuer: IssuerKind) -> list[Problem]:
    """Say what is wrong with the grades chosen for one extract."""
    if not chosen:
        return [_nothing_chosen()]
    problems = [_superseded(row) for row in chosen if not row.stands]
    if issuer is IssuerKind.PROVIDER and len({row.unit_id for row in chosen}) > 1:
        problems.append(_several_units())
    return problems


def issuer_problems(
    issuer: IssuerKind, organiser_name: str, principal_name: str, where: str, *, may: bool
) -> list[Problem]:
    """Say why the actor cannot issue: the policy names somebody else, or rektor has no name.

    `may` says that the actor issues for the one whom the policy names.
    """
    if not may:
        by_organiser = issuer is IssuerKind.ORGANISER
        return [_by_organiser(organiser_name) if by_organiser else _by_provider(where)]
    return [] if principal_name else [_principal_missing(where)]


def not_delegated(principal: str) -> Problem:
    """Keep orders for many with rektor.

    Caution of ours: "enskilda ledningsuppgifter" (Skollagen 2 kap. 10 §) limits which tasks may be
    delegated, not for how many persons one of them is done.
    """
    message = (
        "Du utfärdar utdrag på delegation av {principal}, för en person i taget. Be {principal}"
        " beställa för flera."
    )
    return Problem("extract-order-delegated", "", message, POLICY, {"principal": principal})


def latest(row: DecisionRow, rows: Mapping[UUID, DecisionRow]) -> DecisionRow:
    """Return the decision that stands in place of one: itself, or the end of its corrections."""
    while row.successor and row.successor.decision_id in rows:
        row = rows[row.successor.decision_id]
    return row


def changes_since(
    held: Iterable[tuple[UUID, bool]], rows: Mapping[UUID, DecisionRow]
) -> tuple[Change, ...]:
    """Return what has changed of the decisions an extract holds, by date and code.

    `held` are the decisions and whether each was replaced then; `rows` are all of the person's.
    """
    found = [_change(rows[key], rows, replaced=replaced) for key, replaced in held]
    changes = (change for change in found if change is not None)
    return tuple(sorted(changes, key=lambda each: (each.day, each.course_code)))


def is_stalled(progress_at: datetime | None, now: datetime) -> bool:
    """Say whether a running job must have lost its worker."""
    return progress_at is not None and now - progress_at > STALLED_AFTER


def copy_problems(reason: str, *, current: bool) -> list[Problem]:
    """Say what stands against printing a lost extract again."""
    problems = [] if current else [_outdated()]
    return problems if reason.strip() else [*problems, _reason_missing()]


def form_used() -> Problem:
    """Say that a form was sent again for something else."""
    message = "Formuläret har redan skickats för något annat. Ladda om sidan och gör om."
    return Problem("extract-form-used", "", message)


def changed_meanwhile() -> Problem:
    """Say that a grade changed between reading and storing."""
    message = (
        "Ett betyg ändrades medan utdraget skrevs, så det utfärdades inte. Ladda om sidan och gör"
        " om."
    )
    return Problem("extract-changed-meanwhile", "", message, VF_12)


def void(replaced_by: str) -> Problem:
    """Say that an extract has been replaced already."""
    message = "Utdraget är redan ersatt av {document}. Använd det i stället."
    return Problem("extract-void", "", message, VF_12, {"document": replaced_by})


def current() -> Problem:
    """Say that nothing has changed since the extract was issued."""
    message = (
        "Inget har ändrats sedan utdraget utfärdades, så det ersätts inte. Är originalet borta:"
        " skriv en kopia."
    )
    return Problem("extract-current", "", message, VF_12)


def nobody_to_issue_for() -> Problem:
    """Say that no person in the order has a grade there."""
    message = "Ingen av personerna har ett beslutat betyg att ta med. Välj andra personer."
    return Problem("extract-order-empty", "", message, VF_12)


def no_grades() -> Problem:
    """Say that a person of an order has nothing to be issued."""
    message = "Inget betyg att ta med med de val som gjordes."
    return Problem("extract-no-grades", "", message, VF_12)


def deceased_person(on: date | None) -> Problem:
    """Say that an order leaves out who has died; somebody who asks gets the extract by itself."""
    message = (
        "Personen är avliden{day}. Utdraget utfärdas inte i en beställning för många. Har en"
        " anhörig eller en myndighet begärt det: utfärda det på personens sida."
    )
    params = {"day": f" {on.isoformat()}" if on else ""}
    return Problem("extract-person-deceased", "", message, POLICY, params)


def protected_person() -> Problem:
    """Say that only who may see a protected identity issues that person's extract."""
    message = (
        "Personen har skyddad identitet. Utdraget utfärdas av den som har behörighet att se"
        " skyddade personer."
    )
    return Problem("extract-person-protected", "", message, SECRECY)


def _nothing_chosen() -> Problem:
    message = "Inget betyg är valt. Markera minst ett."
    return Problem("extract-nothing-chosen", "decisions", message, VF_12)


def _superseded(row: DecisionRow) -> Problem:
    message = "Betyget {value} i {course} är rättat eller ändrat. Ladda om sidan och välj på nytt."
    params = {"value": row.value, "course": row.course_code}
    return Problem("extract-decision-superseded", "decisions", message, VF_12, params)


def _several_units() -> Problem:
    message = (
        "Betygen står i flera enheters betygskataloger. Rektor utfärdar ett utdrag för varje enhet:"
        " välj betyg från en enhet i taget."
    )
    return Problem("extract-of-several-units", "decisions", message, VF_22)


def _by_organiser(organiser_name: str) -> Problem:
    message = (
        "Utdrag ur betygskatalogen utfärdas av hemkommunen, {organiser}. Hänvisa personen till"
        " Vuxenutbildningscentrum."
    )
    params = {"organiser": organiser_name}
    return Problem("extract-issued-by-organiser", "", message, VF_22, params)


def _by_provider(where: str) -> Problem:
    message = "Utdrag ur betygskatalogen utfärdas av rektor vid {unit}. Hänvisa personen dit."
    return Problem("extract-issued-by-provider", "", message, VF_22, {"unit": where})


def _principal_missing(where: str) -> Problem:
    message = (
        "Rektors namn saknas för {where}, och det ska stå under underskriften. Be"
        " systemadministratören skriva in det."
    )
    return Problem("extract-principal-missing", "", message, VF_22, {"where": where})


def _outdated() -> Problem:
    message = "Utdraget är inaktuellt, så det kopieras inte. Utfärda ett nytt i stället."
    return Problem("extract-outdated", "", message, VF_12)


def _reason_missing() -> Problem:
    message = "Skälet saknas. Skriv vad som har hänt med originalet."
    return Problem("extract-copy-reason", "reason", message, POLICY)


def _change(row: DecisionRow, rows: Mapping[UUID, DecisionRow], *, replaced: bool) -> Change | None:
    """Return what has happened to one decision, None when it stands as it did."""
    if row.successor:
        last = latest(row, rows)
        corrected = last.correction_type == Mark.CORRECTION
        kind = ChangeKind.CORRECTED if corrected else ChangeKind.AMENDED

        return Change(kind, row.course_code, row.value, last.value, last.decided_at.date())
    if row.covered_by and not replaced:
        higher = rows[row.covered_by.decision_id]
        day, code = higher.decided_at.date(), higher.course_code
        return Change(ChangeKind.REPLACED, row.course_code, row.value, code, day)
    if replaced and not row.covered_by:
        day = max(each.decided_at for each in rows.values()).date()
        return Change(ChangeKind.REINSTATED, row.course_code, row.value, row.value, day)
    return None
