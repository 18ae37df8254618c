"""What a signature needs to be registered, and to be taken back: pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.catalogues.rows import SignatureRow, Signing
from provning.catalogues.rules.making import reason_too_long
from provning.kernel.problems import Problem

CATALOGUE_SOURCE = "Förordning (2011:1108) 4 kap. 11 §"
MANUAL_SOURCE = "Manual s. 4"
PRINCIPAL_SOURCE = "Skollagen 3 kap. 20 §"
PRINCIPAL = "REKTOR"


@dataclass(frozen=True, slots=True)
class SigningState:
    """A version as these rules see it.

    `issued_on` is the day on the paper, `latest` says that no newer version exists, `rows` are who
    must sign and how it stands, `principals` the persons who were rektor of the unit on the days
    that are registered.
    """

    preliminary: bool
    latest: bool
    issued_on: date
    rows: tuple[SignatureRow, ...]
    principals: frozenset[tuple[UUID, date]] = frozenset()


def signing_problems(
    state: SigningState, signings: Iterable[Signing], today: date
) -> list[Problem]:
    """Say everything that keeps the signatures from being registered.

    The field of a problem is the signer's id, of whom it speaks.
    """
    wanted = list(signings)
    if state.preliminary:
        return [_preliminary()]
    if not state.latest:
        return [_outdated()]
    return [
        problem
        for place, signing in enumerate(wanted)
        for problem in _problems(state, signing, wanted[:place], wanted, today)
    ]


def nobody_chosen(signings: Iterable[Signing]) -> list[Problem]:
    """Say that no signature was given to register."""
    if list(signings):
        return []
    message = "Skriv dagen för minst en underskrift."
    return [Problem("signature-none-given", "", message, CATALOGUE_SOURCE)]


def reason_problems(reason: str) -> list[Problem]:
    """Say whether a reason is missing or too long, when a signature is taken back."""
    if not reason.strip():
        message = "Skriv varför underskriften tas tillbaka."
        return [Problem("signature-reason-missing", "reason", message, CATALOGUE_SOURCE)]
    return reason_too_long(reason, "reason")


def already_withdrawn() -> Problem:
    """Say that somebody has taken the signature back already."""
    message = "Underskriften är redan återtagen. Ladda om sidan."
    return Problem("signature-withdrawn", "", message)


def signed_meanwhile() -> Problem:
    """Say that somebody else registered the same signature, or made a new version, just now."""
    message = (
        "Någon annan registrerade samma underskrift, eller skrev en ny version, nyss."
        " Ladda om sidan och se efter."
    )
    return Problem("signature-meanwhile", "", message)


def no_principal(unit_name: str) -> Problem:
    """Say that rektor is to sign the catalogue but the unit has none."""
    message = (
        "Rektor ska skriva under hela katalogen, men {unit} har ingen rektor i tjänst."
        " Lägg in rektors tjänst och skriv katalogen igen."
    )
    return Problem("catalogue-no-principal", "", message, MANUAL_SOURCE, {"unit": unit_name})


def _preliminary() -> Problem:
    message = (
        "En preliminär katalog undertecknas inte. Skriv katalogen när terminen är slut och"
        " underteckna den."
    )
    return Problem("signature-preliminary", "", message, MANUAL_SOURCE)


def _outdated() -> Problem:
    message = (
        "Det finns en nyare version av katalogen. Underteckna den: en ny version undertecknas på"
        " nytt av alla."
    )
    return Problem("signature-outdated", "", message, CATALOGUE_SOURCE)


def _problems(
    state: SigningState,
    signing: Signing,
    before: list[Signing],
    wanted: list[Signing],
    today: date,
) -> Iterator[Problem]:
    """Return what is wrong with one of the signatures."""
    yield from _day_problems(state, signing, today)
    row = next((row for row in state.rows if covers(signing, row)), None)
    if row is None:
        yield _not_signer(signing)
        return
    if row.signed or any(covers(each, row) for each in before):
        yield _taken(signing, row)
    if signing.in_place_of:
        yield from _in_place_problems(state, signing)
    if row.attests and not all(_is_given(each, wanted) for each in state.rows if each != row):
        yield _others_first(signing, row)


def covers(signing: Signing, row: SignatureRow) -> bool:
    """Say whether the signature is the one that the row waits for."""
    if signing.in_place_of:
        return signing.in_place_of == row.signer_id
    return (signing.signer_id, signing.role) == (row.signer_id, row.role)


def _is_given(row: SignatureRow, wanted: list[Signing]) -> bool:
    return row.signed or any(covers(each, row) for each in wanted)


def _day_problems(state: SigningState, signing: Signing, today: date) -> Iterator[Problem]:
    """Say whether the day is before the paper was made, or has not come."""
    if signing.signed_on < state.issued_on:
        message = (
            "Underskriften {day} är före dagen då katalogen skrevs, {issued}. Skriv dagen som står"
            " vid namnteckningen."
        )
        params = {"day": signing.signed_on, "issued": state.issued_on}
        field = str(signing.signer_id)
        yield Problem("signature-too-early", field, message, CATALOGUE_SOURCE, params)
    if signing.signed_on > today:
        message = "Underskriften {day} är efter i dag. Skriv dagen som står vid namnteckningen."
        params = {"day": signing.signed_on}
        field = str(signing.signer_id)
        yield Problem("signature-future", field, message, CATALOGUE_SOURCE, params)


def _not_signer(signing: Signing) -> Problem:
    message = (
        "Den som har skrivit under står inte bland dem som ska underteckna katalogen. Den som"
        " beslutade betyget undertecknar, och rektor när den inte kan."
    )
    field = str(signing.signer_id)
    return Problem("signature-not-signer", field, message, CATALOGUE_SOURCE)


def _taken(signing: Signing, row: SignatureRow) -> Problem:
    message = (
        "{name} har redan skrivit under den här versionen. Ta tillbaka underskriften om den är fel."
    )
    params = {"name": row.signer_name}
    field = str(signing.signer_id)
    return Problem("signature-taken", field, message, CATALOGUE_SOURCE, params)


def _in_place_problems(state: SigningState, signing: Signing) -> Iterator[Problem]:
    """Say what is wrong when somebody signs in another's place."""
    field = str(signing.signer_id)
    is_principal = (signing.signer_id, signing.signed_on) in state.principals
    is_principal = is_principal and signing.signer_id != signing.in_place_of
    if signing.role != PRINCIPAL or not is_principal:
        message = (
            "Bara den som är rektor vid enheten på underskriftsdagen skriver under i stället för en"
            " lärare som inte kan."
        )
        yield Problem("signature-not-principal", field, message, PRINCIPAL_SOURCE)
    if not signing.reason.strip():
        message = "Skriv varför rektor skriver under i stället för läraren."
        yield Problem("signature-in-place-reason", field, message, PRINCIPAL_SOURCE)
    yield from reason_too_long(signing.reason, field)


def _others_first(signing: Signing, row: SignatureRow) -> Problem:
    message = "{name} skriver under hela katalogen när alla lärare har undertecknat."
    params = {"name": row.signer_name}
    field = str(signing.signer_id)
    return Problem("signature-others-first", field, message, "Policy", params)
