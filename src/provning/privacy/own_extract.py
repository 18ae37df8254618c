"""Registerutdrag: everything held of a person, for the person (dataskyddsförordningen artikel 15).

More than what a reader of the register sees: what is held of them everywhere at the organiser's,
where it came from, who has received it, who has read it, how long it is kept and to what end.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from provning.access.rows import AccessRow
from provning.applications.models import RegistrationRequest
from provning.archive.keeping import Keep, Kind
from provning.archive.retention import RETENTION
from provning.catalogues.press import Press
from provning.extracts.files import compilation_json, compilation_sections
from provning.extracts.rows import PersonCompilation
from provning.privacy.rows import Found

FORMAT = "provning-registerutdrag-1"
TEMPLATE = Path(__file__).parent.parent / "extracts" / "templates_typst" / "person.typ"
SWEDEN = ZoneInfo("Europe/Stockholm")
WITHOUT_PERSONS = frozenset({"trail", "registers", "tokens", "jobs", "sessions"})
PURPOSES = (
    (
        "Pröva, betygsätta och dokumentera betyg",
        "Uppgift av allmänt intresse och myndighetsutövning, artikel 6.1 e",
        "Skollagen (2010:800) 20 kap., förordning (2011:1108) om vuxenutbildning 4 kap.",
    ),
    (
        "Bevara betygskatalogen",
        "Arkivändamål av allmänt intresse, artikel 5.1 b och 89",
        "Arkivlagen (1990:782) 3 §",
    ),
    (
        "Lämna uppgifter som andra myndigheter ska ha",
        "Rättslig förpliktelse, artikel 6.1 c",
        "Förordning (2001:100) om den officiella statistiken",
    ),
    (
        "Kontrollera vem som har läst uppgifterna",
        "Rättslig förpliktelse, artikel 6.1 c",
        "Dataskyddsförordningen artikel 32",
    ),
)
RIGHTS = (
    ("Rättelse", "Fel uppgifter rättas på begäran. Ett betygsbeslut rättas enligt förordning"
     " (2011:1108) 4 kap.; det gamla beslutet står kvar bredvid."),
    ("Radering", "Betygsbeslut, betygskataloger och handlingar i arkivet raderas inte, artikel"
     " 17.3 b och d. Annat gallras som det står ovan."),
    ("Klagomål", "Du kan vända dig till huvudmannens dataskyddsombud och klaga hos"
     " Integritetsskyddsmyndigheten, artikel 77."),
)  # fmt: skip
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnExtract:
    """What is held of one person, as it is handed over to them.

    `happened` are the days and sentences of the trail. Who has read is told by role, as the court
    has found enough (EU-domstolen C-579/21); names of staff are not the person's data.
    """

    compiled: PersonCompilation
    requests: tuple[Row, ...]
    carriers: tuple[Found, ...]
    read: tuple[AccessRow, ...]
    happened: tuple[tuple[datetime, str], ...]


def requests_about(numbers: Iterable[str], person_id: UUID) -> tuple[Row, ...]:
    """Return the requests to Vuxenutbildningscentrum by number or placement: day, who, state."""
    found = RegistrationRequest.objects.filter(
        identity_number__in=list(numbers)
    ) | RegistrationRequest.objects.filter(placement__person_id=person_id)
    return tuple(
        (_day(each.sent_at), each.sent_by_name, each.get_status_display())
        for each in found.distinct().order_by("sent_at")
    )


def own_extract_json(found: OwnExtract, today: date) -> str:
    """Return everything as JSON, with the sources, receivers, purposes and times of keeping."""
    data = json.loads(compilation_json(found.compiled, today))
    data |= {
        "format": FORMAT,
        "requests": [list(each) for each in found.requests],
        "receivers_and_sources": [asdict(each) for each in found.carriers],
        "read": [_reading(each) for each in found.read],
        "happened": [{"at": at.isoformat(), "what": what} for at, what in found.happened],
        "purposes": [list(each) for each in PURPOSES],
        "kept": [list(each) for each in _kept()],
        "rights": [list(each) for each in RIGHTS],
    }
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def own_extract_pdf(found: OwnExtract, today: date) -> bytes:
    """Return everything as PDF/A-2a and PDF/UA-1; raises `RenderError`."""
    row = found.compiled.details.row
    data = {
        "title": "Registerutdrag",
        "name": f"{row.given_name} {row.family_name}".strip(),
        "identity_number": row.number_display,
        "compiled_on": today.isoformat(),
        "sections": [*compilation_sections(found.compiled), *_sections(found)],
    }
    with Press(TEMPLATE) as press:
        return press.print(json.dumps(data, ensure_ascii=False))


def _sections(found: OwnExtract) -> Iterator[dict[str, object]]:
    """Give what the person is told beyond the register's own rows."""
    row = found.compiled.details
    on = row.row.status_on.isoformat() if row.row.status_on else ""
    status = f"{row.row.status} {on}".strip()
    facts = [("E-postadress", row.email), ("Status", status), ("Skydd", row.protection)]
    yield _section("Andra uppgifter", (("Uppgift", 2), ("Värde", 4)), facts)
    yield _section(
        "Begäran till Vuxenutbildningscentrum",
        (("Skickad", 2), ("Av", 4), ("Läge", 3)),
        found.requests,
    )
    yield _section(
        "Handlingar, mottagare och källor",
        (("Vad", 3), ("Namn", 6)),
        [(KINDS[each.kind], each.label) for each in found.carriers],
    )
    yield _section(
        "Så har uppgifterna ändrats",
        (("Dag", 2), ("Händelse", 7)),
        [(_day(at), what) for at, what in found.happened],
    )
    yield _section(
        "Så har uppgifterna lästs",
        (("Dag", 2), ("Av", 3), ("Hur", 3), ("Skäl", 5)),
        [(_day(each.at), each.actor_role, READ[each.kind], each.reason) for each in found.read],
    )
    heads = (("Ändamål", 3), ("Rättslig grund", 4), ("Stöds av", 4))
    yield _section("Varför uppgifterna behandlas", heads, PURPOSES)
    yield _section("Hur länge de sparas", (("Uppgifter", 4), ("Tid", 3), ("Stöd", 4)), _kept())
    yield _section("Dina rättigheter", (("Rätt", 2), ("Så gäller den", 8)), RIGHTS)


KINDS = {
    "catalogue": "Betygskatalog",
    "extract": "Utdrag",
    "delivery": "Leverans till Vuxenutbildningscentrum",
    "package": "Paket till e-arkivet",
    "report": "Underlag till myndighet",
    "sent": "Lämnad till",
    "import": "Källa: inläst fil",
    "external": "Källa: annat system",
    "client": "System som kan ha hämtat uppgifter",
}
READ = {
    "person": "Personens sida",
    "list": "Lista",
    "file": "Fil",
    "search": "Sökning",
    "unmasking": "Skyddad identitet öppnad",
    "call": "Hämtat av ett system",
}


def _section(
    title: str, columns: tuple[tuple[str, int], ...], rows: Iterable[Row]
) -> dict[str, object]:
    return {
        "title": title,
        "columns": [name for name, _parts in columns],
        "parts": [parts for _name, parts in columns],
        "rows": [list(each) for each in rows],
    }


def _reading(row: AccessRow) -> dict[str, object]:
    """Return a reading without the name of whoever read."""
    return {"at": row.at.isoformat(), "role": row.actor_role, "how": row.kind, "why": row.reason}


def _kept() -> list[Row]:
    """Return how long each kind that speaks of persons is kept, and by what source."""
    kinds = (kind for kind in RETENTION if kind.key not in WITHOUT_PERSONS)
    return [(kind.label, _while(kind), kind.source) for kind in kinds]


def _while(kind: Kind) -> str:
    if kind.keep is Keep.FOR_EVER:
        return "För alltid"
    if kind.keep is Keep.WHILE_NEEDED:
        return "Så länge de behövs"
    if kind.keep is Keep.MONTHS:
        return "Ett antal månader som huvudmannen har bestämt"
    return "Ett antal dagar"


def _day(moment: datetime) -> str:
    return moment.astimezone(SWEDEN).date().isoformat()
