"""What is said when somebody cannot show who they are, or cannot be known by what they show."""

from datetime import date

from provning.accounts.identities import Identity, IdentityKind, read_identity
from provning.accounts.rules.passwords import POLICY
from provning.kernel.problems import Problem, ProblemsFoundError


def identity_to_bind(
    kind: str, value: str, scopes: frozenset[str], today: date
) -> tuple[Identity, list[Problem]]:
    """Return the identity in its stored form, and what is wrong with it."""
    if kind not in set(IdentityKind):
        message = "Ett konto knyts till ett EPPN eller ett personnummer, aldrig till e-post."
        raise ProblemsFoundError([Problem("identity-kind", "kind", message, POLICY)])
    found = read_identity(IdentityKind(kind), value, scopes=scopes, today=today)
    if found:
        return found, []
    message = (
        "Det är inget EPPN hos den som loggar in eller inget giltigt personnummer. Kontrollera det."
    )
    return Identity(IdentityKind(kind), ""), [Problem("identity-form", "value", message, POLICY)]


def identity_taken() -> Problem:
    """Say that another account has the identity, and not which."""
    message = "Ett annat konto är redan knutet till detta. Ta bort det därifrån först."
    return Problem("identity-taken", "value", message, POLICY)


def totp_taken() -> Problem:
    """Say that there is an app already."""
    message = "Du har redan en app med koder. Ta bort den först om du vill byta."
    return Problem("totp-taken", "code", message, POLICY)


def code_wrong() -> Problem:
    """Say that a code does not hold; never why."""
    message = "Koden stämmer inte eller är redan använd. Vänta på nästa kod och skriv den."
    return Problem("code-wrong", "code", message, POLICY)


def key_refused() -> Problem:
    """Say that a security key's answer does not hold."""
    message = "Säkerhetsnyckeln gick inte att läsa av. Försök igen."
    return Problem("key-refused", "", message, POLICY)
