"""betygskatalog.xml: every decision of the unit and term as a row of its own.

Also those that a rättelse or ändring took the place of, and those that a higher level replaces: one
row for each decision, so that nothing has to be squeezed into a row of something else. Element
names are Swedish, for whoever opens the file without this program; the schema beside it says what
may stand where.
"""

from typing import Any

from provning.archive.package.markup import Tree, moment
from provning.archive.package.names import (
    check_name,
    content_name,
    document_name,
    scan_name,
    signed_name,
)
from provning.archive.package.parts import Head, Name, Package, Paper, Scan, digest
from provning.grading.rows import DecisionRow

NAMESPACE = "urn:provning:betygskatalog:1"
SCHEMA = "betygskatalog.xsd"


def records(package: Package) -> bytes:
    """Return the file."""
    attributes = {"format": 1, "del": "skyddad" if package.head.protected else "ordinarie"}
    tree = Tree(NAMESPACE, "betygskatalog", attributes)
    _head(tree, package.head)
    for paper in package.papers:
        _paper(tree, paper)
    for decision in package.decisions:
        _decision(tree, decision, package.names[decision.person_id])
    return tree.written()


def _head(tree: Tree, head: Head) -> None:
    """Write where the decisions were made."""
    organiser = tree.add(tree.root, "huvudman")
    tree.add(organiser, "namn", head.organiser)
    _unless_empty(tree, organiser, "organisationsnummer", head.organiser_number)
    tree.add(organiser, "kommun", head.municipality, {"kod": head.municipality_code})
    provider = tree.add(tree.root, "anordnare")
    tree.add(provider, "namn", head.provider)
    _unless_empty(tree, provider, "organisationsnummer", head.provider_number)
    code = head.unit_code or None
    tree.add(tree.root, "skolenhet", head.unit, {"id": head.unit_id, "kod": code})
    term = {"ar": head.term.year, "halva": head.term.season.value}
    tree.add(tree.root, "termin", head.term.label, term)
    tree.add(tree.root, "skolform", head.school_form)


def _paper(tree: Tree, paper: Paper) -> None:
    """Write one version of the catalogue and where its files lie."""
    document = tree.add(
        tree.root,
        "dokument",
        attributes={"id": paper.document_id, "version": paper.version},
    )
    tree.add(document, "skrivet", moment(paper.made_at), {"av": paper.made_by})
    tree.add(document, "beslut", paper.decisions)
    tree.add(document, "sidor", paper.pages)
    _file(tree, document, "fil", document_name(paper.document_id), paper.document)
    if paper.signed is not None:
        _file(tree, document, "undertecknad", signed_name(paper.document_id), paper.signed)
    if paper.check:
        _file(tree, document, "kontroll", check_name(paper.document_id), paper.check.encode())
    for number, scan in enumerate(paper.scans, start=1):
        _scan(tree, document, scan_name(paper.document_id, number, scan.media_type), scan)
    _file(tree, document, "innehall", content_name(paper.document_id), paper.content.encode())
    for name in paper.unsigned_by:
        tree.add(document, "underskrift_saknas", name)


def _scan(tree: Tree, parent: Any, name: str, scan: Scan) -> None:
    """Write where a scanned page lies, and whose signatures are on it."""
    element = tree.add(parent, "skannad")
    _file(tree, element, "fil", name, scan.content)
    for signer in scan.signed_by:
        tree.add(element, "undertecknad_av", signer)


def _file(tree: Tree, parent: Any, element: str, name: str, content: bytes) -> None:
    tree.add(parent, element, name, {"sha256": digest(content)})


def _decision(tree: Tree, decision: DecisionRow, name: Name) -> None:
    """Write one decision."""
    row = tree.add(
        tree.root, "beslut", attributes={"id": decision.id, "galler": _yes_no(decision.stands)}
    )
    person = tree.add(row, "person", attributes={"id": decision.person_id})
    tree.add(person, "personnummer", name.number)
    tree.add(person, "efternamn", name.family)
    tree.add(person, "fornamn", name.given)
    tree.add(row, "provningsgrupp", decision.group_name, {"id": decision.group_id})
    course = {"kod": decision.course_code, "poang": decision.points}
    tree.add(row, "kurs", decision.course_name, course)
    tree.add(row, "provningsdatum", decision.exam_date.isoformat())
    tree.add(row, "betyg", decision.value, {"skala": decision.scale_id})
    _deciders(tree, row, decision)
    _particulars(tree, row, decision)
    _around(tree, row, decision)


def _deciders(tree: Tree, row: Any, decision: DecisionRow) -> None:
    """Write who decided, who typed, and when."""
    tree.add(row, "beslutat", moment(decision.decided_at))
    tree.add(row, "beslutat_av", decision.decided_by_name, {"roll": decision.decider_role})
    for _person_id, name in decision.joint:
        tree.add(row, "medbeslutande", name)
    tree.add(row, "inskrivet_av", decision.registered_by_name)


def _particulars(tree: Tree, row: Any, decision: DecisionRow) -> None:
    """Write what stands beside the grade; use of the exception is sensitive and not for here."""
    beside = decision.particulars
    for element, text in (
        ("inriktning", beside.specialisation),
        ("sprak", beside.language),
        ("komvuxarbete_titel", beside.project_title),
        ("komvuxarbete_sammanfattning", beside.project_summary),
        ("medbedomare", beside.co_assessor),
    ):
        _unless_empty(tree, row, element, text)


def _around(tree: Tree, row: Any, decision: DecisionRow) -> None:
    """Write what the decision replaced and what replaces it."""
    _unless_empty(tree, row, "skal", decision.reason)
    if decision.previous is not None:
        old = decision.previous
        facts = {"typ": decision.correction_type, "datum": old.exam_date.isoformat()}
        tree.add(row, "tidigare_betyg", old.value, {**facts, "kurskod": old.course_code})
    if decision.successor is not None:
        new = decision.successor
        facts = {"typ": new.correction_type, "beslut": str(new.decision_id)}
        tree.add(row, "senare_betyg", new.value, facts)
    if decision.covered_by is not None:
        higher = decision.covered_by
        facts = {"kurskod": higher.course_code, "datum": higher.exam_date.isoformat()}
        tree.add(row, "ersatt_av_hogre_niva", higher.value, facts)


def _unless_empty(tree: Tree, parent: Any, element: str, text: str) -> None:
    if text:
        tree.add(parent, element, text)


def _yes_no(fact: bool) -> str:  # noqa: FBT001 # the fact is what is written
    return "ja" if fact else "nej"
