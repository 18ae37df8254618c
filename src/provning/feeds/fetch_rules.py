"""Why grades could not be fetched from an address, and what to do."""

from typing import Final

from provning.kernel.problems import Problem

POLICY: Final = "Policy"
MEGABYTE = 1_000_000
REDIRECTS = range(300, 400)


def address_refused(field: str) -> Problem:
    """Say that an address cannot be called from here."""
    message = (
        "Adressen går inte att hämta från. Den ska börja med https:// och leda utanför det egna"
        " nätet, eller vara en värd som driften har tillåtit (PROVNING_FEED_HOSTS)."
    )
    return Problem("fetch-address", field, message, POLICY)


def answer_refused(status: int, field: str) -> Problem:
    """Say that the other system did not hand out the grades; a redirect is not followed."""
    if status in REDIRECTS:
        message = (
            "Det andra systemet hänvisade vidare ({status}). Hänvisningar följs inte: skriv den"
            " adress som betygen finns på."
        )
    else:
        message = (
            "Det andra systemet lämnade inte ut betygen (svar {status}). Kontrollera adressen,"
            " användaren och lösenordet."
        )
    return Problem("fetch-refused", field, message, POLICY, {"status": status})


def too_large(most: int, field: str) -> Problem:
    """Say that the other system sent more than is read."""
    message = (
        "Det andra systemet skickade mer än {megabyte} MB. Be om ett kortare intervall, eller"
        " hämta filen och använd ./prov reconcile."
    )
    return Problem("fetch-too-large", field, message, POLICY, {"megabyte": most // MEGABYTE})


def too_slow(field: str) -> Problem:
    """Say that the other system did not get ready in time."""
    message = "Det andra systemet svarade inte i tid. Försök igen senare, eller med färre betyg."
    return Problem("fetch-too-slow", field, message, POLICY)


def unreachable(host: str, field: str) -> Problem:
    """Say that the other system could not be reached, or broke off."""
    message = "{host} gick inte att nå, eller bröt av svaret. Kontrollera adressen och försök igen."
    return Problem("fetch-unreachable", field, message, POLICY, {"host": host})
