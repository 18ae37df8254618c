"""What makes a client right; pure, and everything wrong at once."""

from collections.abc import Collection
from datetime import date

from provning.clients.models import ApiClient
from provning.clients.rows import WayIn
from provning.clients.scopes import CODES
from provning.kernel.actors import Scope, ScopeKind
from provning.kernel.problems import Problem

POLICY = "Policy"
PROTECTION = "Offentlighets- och sekretesslagen (2009:400) 21 kap. 3 §"
LONGEST_NAME = 120
MOST_CALLS = 6000
LONGEST_OVERLAP_HOURS = 24 * 30
REACHES = (ScopeKind.EVERYTHING, ScopeKind.ORGANISER, ScopeKind.PROVIDER, ScopeKind.UNIT)


def client_problems(
    name: str,
    data_classes: Collection[str],
    reach: Collection[Scope],
    protected_persons: str,
    calls_per_minute: int,
) -> list[Problem]:
    """Say everything that is wrong with what a new client is called and may see."""
    problems = _name_problems(name) + _class_problems(data_classes) + _reach_problems(reach)
    if protected_persons not in ApiClient.ProtectedPersons.values:
        message = "Välj vad klienten ska se av personer med skyddade uppgifter."
        problems.append(Problem("client-protected", "protected_persons", message, PROTECTION))
    if not 1 <= calls_per_minute <= MOST_CALLS:
        message = "Antalet anrop per minut ska vara mellan 1 och {most}."
        params = {"most": MOST_CALLS}
        problems.append(Problem("client-calls", "calls_per_minute", message, POLICY, params))
    return problems


def way_in_problems(way_in: WayIn) -> list[Problem]:
    """Say what is wrong with how a client is to show who it is."""
    problems = []
    if way_in.certificate_alone and not way_in.certificate:
        message = "En klient utan token måste visa ett certifikat. Skriv dess namn."
        problems.append(Problem("client-certificate", "certificate", message, POLICY))
    if bool(way_in.issuer) != bool(way_in.subject):
        message = "Utfärdare och namn hos utfärdaren anges båda eller ingen."
        problems.append(Problem("client-issuer", "issuer", message, POLICY))
    return problems


def expiry_problems(expires_on: date | None, today: date) -> list[Problem]:
    """Refuse a client that has run out before it is made."""
    if expires_on is None or expires_on >= today:
        return []
    message = "Sista dagen {day} har redan varit. Välj en senare, eller ingen."
    params = {"day": expires_on.isoformat()}
    return [Problem("client-expired", "expires_on", message, POLICY, params)]


def overlap_problems(hours: int) -> list[Problem]:
    """Refuse an overlap of keys that is no time at all or far too long."""
    if 0 <= hours <= LONGEST_OVERLAP_HOURS:
        return []
    message = "De gamla nycklarna kan gälla i 0 till {most} timmar till."
    return [
        Problem("client-overlap", "overlap_hours", message, POLICY, {"most": LONGEST_OVERLAP_HOURS})
    ]


def client_taken(name: str) -> Problem:
    """Say that there is a client with the name, the certificate or the issuer's subject."""
    message = (
        "En annan klient har namnet {name}, samma certifikat eller samma namn hos utfärdaren."
        " Välj ett annat."
    )
    return Problem("client-taken", "name", message, POLICY, {"name": name})


def client_revoked() -> Problem:
    """Say that a client has been stopped for good."""
    message = "Klienten är spärrad och får ingen ny nyckel. Skapa en ny klient."
    return Problem("client-revoked", "", message, POLICY)


def client_external() -> Problem:
    """Say that a client's tokens are not issued here."""
    message = "Klientens token utfärdas av någon annan. Byt nyckel där."
    return Problem("client-external", "", message, POLICY)


def _name_problems(name: str) -> list[Problem]:
    if name.strip() and len(name) <= LONGEST_NAME:
        return []
    message = "Klientens namn ska ha mellan 1 och {longest} tecken. Skriv det."
    return [Problem("client-name", "name", message, POLICY, {"longest": LONGEST_NAME})]


def _class_problems(data_classes: Collection[str]) -> list[Problem]:
    unknown = [each for each in data_classes if each not in CODES]
    if unknown:
        message = "Slaget av uppgifter {unknown} finns inte. Välj ur listan."
        params = {"unknown": ", ".join(unknown)}
        return [Problem("client-class-unknown", "data_classes", message, POLICY, params)]
    if data_classes:
        return []
    message = "Välj minst ett slag av uppgifter."
    return [Problem("client-classes", "data_classes", message, POLICY)]


def _reach_problems(reach: Collection[Scope]) -> list[Problem]:
    fits = all(
        scope.kind in REACHES and (scope.id is None) == (scope.kind is ScopeKind.EVERYTHING)
        for scope in reach
    )
    if reach and fits:
        return []
    message = "Välj vems uppgifter klienten ska se: en huvudman, en anordnare eller en skolenhet."
    return [Problem("client-reach", "reach", message, POLICY)]
