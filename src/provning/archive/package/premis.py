"""premis.xml: the files with their digests, and what has happened to them (PREMIS 3.0)."""

from collections.abc import Iterable, Sequence
from typing import Any

from provning.archive.package.markup import SCHEMA_INSTANCE, Tree, moment
from provning.archive.package.names import check_name, document_name, scans_of, signed_name
from provning.archive.package.parts import Happening, PackageFile

NAMESPACE = "http://www.loc.gov/premis/v3"
LINK, PATH, NAME = "händelse i händelseloggen", "sökväg i paketet", "namn"


def preservation(files: Iterable[PackageFile], happenings: Sequence[Happening] = ()) -> bytes:
    """Return the file: objects, then events, then the agents of the events."""
    tree = Tree(NAMESPACE, "premis", {"version": "3.0"})
    held = {each.path: each for each in files}
    for file in held.values():
        _object(tree, file)
    for happening in happenings:
        _event(tree, happening, _about(happening, held))
    agents = {each.by: each.by_role for each in happenings}
    for name, role in sorted(agents.items()):
        _agent(tree, name, role)
    return tree.written()


def _object(tree: Tree, file: PackageFile) -> None:
    """Write one file: where it lies, its digest, size and format."""
    element = tree.add(tree.root, "object", attributes={f"{{{SCHEMA_INSTANCE}}}type": "file"})
    _identifier(tree, element, "objectIdentifier", PATH, file.path)
    facts = tree.add(element, "objectCharacteristics")
    fixity = tree.add(facts, "fixity")
    tree.add(fixity, "messageDigestAlgorithm", "SHA-256")
    tree.add(fixity, "messageDigest", file.sha256)
    tree.add(facts, "size", len(file.content))
    known = tree.add(facts, "format")
    designation = tree.add(known, "formatDesignation")
    tree.add(designation, "formatName", file.kind.name)
    if file.kind.version:
        tree.add(designation, "formatVersion", file.kind.version)
    registry = tree.add(known, "formatRegistry")
    tree.add(registry, "formatRegistryName", "PRONOM")
    tree.add(registry, "formatRegistryKey", file.kind.pronom)
    tree.add(element, "originalName", file.path.rpartition("/")[2])


def _event(tree: Tree, happening: Happening, paths: Iterable[str]) -> None:
    """Write one event; its outcome is its link in the audit chain."""
    element = tree.add(tree.root, "event")
    _identifier(tree, element, "eventIdentifier", LINK, happening.number)
    tree.add(element, "eventType", happening.kind)
    tree.add(element, "eventDateTime", moment(happening.at))
    detail = tree.add(element, "eventDetailInformation")
    tree.add(detail, "eventDetail", happening.text)
    outcome = tree.add(element, "eventOutcomeInformation")
    note = tree.add(outcome, "eventOutcomeDetail")
    tree.add(note, "eventOutcomeDetailNote", f"SHA-256 i händelsekedjan: {happening.digest}")
    _identifier(tree, element, "linkingAgentIdentifier", NAME, happening.by)
    for path in paths:
        _identifier(tree, element, "linkingObjectIdentifier", PATH, path)


def _agent(tree: Tree, name: str, role: str) -> None:
    """Write who did something, with the role they had."""
    element = tree.add(tree.root, "agent")
    _identifier(tree, element, "agentIdentifier", NAME, name)
    tree.add(element, "agentName", name)
    tree.add(element, "agentType", "software" if role == "system" else "person")
    if role:
        tree.add(element, "agentNote", role)


def _identifier(tree: Tree, parent: Any, name: str, kind: str, value: object) -> None:
    """Write an identifier: its kind and its value."""
    element = tree.add(parent, name)
    tree.add(element, f"{name}Type", kind)
    tree.add(element, f"{name}Value", value)


def _about(happening: Happening, files: Iterable[str]) -> list[str]:
    """Return the paths of the documents that an event speaks of."""
    namers = (document_name, signed_name, check_name)
    names = {name(each) for each in happening.document_ids for name in namers}
    scans = tuple(map(scans_of, happening.document_ids))
    held = [(path, path.rpartition("/")[2]) for path in files]
    return [path for path, name in held if name in names or name.startswith(scans)]
