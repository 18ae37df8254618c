"""What an e-archive package needs before it can be made: pure."""

from provning.kernel.problems import Problem
from provning.kernel.terms import Term

CATALOGUE_LAW = "Förordning (2011:1108) 4 kap. 11 §"


def nothing_to_pack(unit_name: str, term: Term) -> Problem:
    """Say that there is no final catalogue to put in a package."""
    message = (
        "{unit} har ingen slutlig betygskatalog för {term}. Paketet görs av den: skriv ut katalogen"
        " först."
    )
    params: dict[str, object] = {"unit": unit_name, "term": term.label}
    return Problem("package-no-catalogue", "", message, CATALOGUE_LAW, params)


def not_printed(count: int, term: Term) -> Problem:
    """Say that decisions are missing in the newest catalogue, so the package would not be whole."""
    message = (
        "{count} beslut i {term} står inte i den senaste betygskatalogen. Skriv ut en ny version"
        " och gör sedan paketet."
    )
    params: dict[str, object] = {"count": count, "term": term.label}
    return Problem("package-unprinted", "", message, CATALOGUE_LAW, params)


def made_meanwhile() -> Problem:
    """Say that somebody else made the same package at the same time."""
    message = "Någon annan gjorde samma paket nyss. Ladda om sidan: det finns där."
    return Problem("package-made-meanwhile", "", message, "Policy")
