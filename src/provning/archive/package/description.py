"""beskrivning.xml: whose records these are, what they are, what secrecy, how long they are kept."""

from provning.archive.package.markup import Tree, moment
from provning.archive.package.parts import Package

NAMESPACE = "urn:provning:beskrivning:1"
SCHEMA = "beskrivning.xsd"
RECORD_TYPE = "Betygskatalog, prövning"
PRESERVED = (
    "Bevaras. Betygsbeslut, betygskatalog och deras händelser gallras inte"
    " (förordning 2011:1108 om vuxenutbildning, 4 kap. 11 §)."
)
ORDINARY_SECRECY = (
    "Ingen känd sekretess när paketet gjordes. Sekretessprövas vid utlämnande"
    " (offentlighets- och sekretesslagen 2009:400)."
)
PROTECTED_SECRECY = (
    "Skyddade personuppgifter: sekretessmarkering eller skyddad folkbokföring"
    " (offentlighets- och sekretesslagen 2009:400, 21 kap. 3 §). Förvaras åtskilt."
)
PARTS = {False: "Ordinarie del", True: "Skyddade personer"}


def description(package: Package) -> bytes:
    """Return the file."""
    head = package.head
    tree = Tree(NAMESPACE, "beskrivning", {"format": 1})
    texts = (
        ("paket", package.package_id),
        ("ersatter_paket", package.replaces),
        ("handlingstyp", RECORD_TYPE),
        ("del", PARTS[head.protected]),
        ("huvudman", head.organiser),
        ("kommun", f"{head.municipality} ({head.municipality_code})"),
        ("anordnare", head.provider),
        ("skolenhet", head.unit),
        ("skolenhetskod", head.unit_code),
        ("termin", head.term.label),
        ("skolform", head.school_form),
        ("antal_beslut", str(len(package.decisions))),
        ("antal_personer", str(len({each.person_id for each in package.decisions}))),
        ("sekretess", PROTECTED_SECRECY if head.protected else ORDINARY_SECRECY),
        ("bevarande", PRESERVED),
        ("per", moment(package.as_of)),
    )
    for element, text in texts:
        if text:
            tree.add(tree.root, element, text)
    link = package.happenings[-1] if package.happenings else None
    tree.add(
        tree.root,
        "handelsekedja",
        link.digest if link else "",
        {"handelse": link.number if link else 0},
    )
    return tree.written()
