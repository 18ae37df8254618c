"""What an electronic signature needs, and which way of signing is used: pure."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from provning.kernel.problems import Problem
from provning.organisation.policies_data import SigningMode

SOURCE = "Policy"
LAW_SOURCE = "Förordning (2011:1108) 4 kap. 11 §"


def may_sign_electronically(mode: SigningMode) -> bool:
    """Say whether local custom lets catalogues be signed electronically."""
    return mode != SigningMode.PAPER


def method_problems(mode: SigningMode, *, electronic: bool) -> list[Problem]:
    """Say whether local custom signs in this way: electronically, or else with a pen on paper."""
    if electronic and not may_sign_electronically(mode):
        message = (
            "Här undertecknas betygskatalogen med penna på papper. Skriv ut den, underteckna och"
            " registrera underskriften."
        )
        return [Problem("signing-paper-only", "", message, SOURCE)]
    if not electronic and mode == SigningMode.ELECTRONIC:
        message = (
            "Här undertecknas betygskatalogen bara elektroniskt. Den som ska skriva under loggar in"
            " och gör det själv."
        )
        return [Problem("signing-electronic-only", "", message, SOURCE)]
    return []


def electronic_stays() -> Problem:
    """Say that an electronic signature cannot be taken out of the document it stands in."""
    message = (
        "En elektronisk underskrift står i dokumentet och kan inte tas tillbaka. Är något fel:"
        " rätta betyget och skriv en ny version, som undertecknas på nytt."
    )
    return Problem("signature-electronic-stays", "", message, LAW_SOURCE)


def signing_form_used() -> Problem:
    """Say that a form was sent again for something else."""
    message = (
        "Formuläret har redan skickats för en annan underskrift. Ladda om sidan och underteckna"
        " igen."
    )
    return Problem("signing-form-used", "", message)


class Finding(StrEnum):
    """What the program's own tables can have against a signed file."""

    NOT_AS_PRINTED = "not_as_printed"
    LACKS_REGISTERED = "lacks_registered"
    HAS_UNREGISTERED = "has_unregistered"


def file_findings(
    *, begins_as_printed: bool, in_file: Iterable[str], registered: Iterable[str]
) -> Iterator[Finding]:
    """Say what the program's own tables have against a signed file.

    `in_file` are the keys of those whose signatures the file holds, `registered` of those who have
    signed as the tables say.
    """
    held, known = set(in_file), set(registered)
    if not begins_as_printed:
        yield Finding.NOT_AS_PRINTED
    if known - held:
        yield Finding.LACKS_REGISTERED
    if held - known:
        yield Finding.HAS_UNREGISTERED
