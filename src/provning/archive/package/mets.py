"""METS.xml: the package's table of contents, as E-ARK CSIP and SIP 2.1.0 ask for it.

One at the root and one in the representation. Every file has its size, its moment, its media type
and its SHA-256, and everything in the folders is listed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from provning.archive.package.markup import SCHEMA_INSTANCE, Tree, moment
from provning.archive.package.parts import Head, Package, PackageFile

NAMESPACE = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP-v2-1-0.xml"
CONTENT_TYPE = "urn:provning:betygskatalog:1"
PACKAGE_FORMAT = 1
FILE_NAME = "METS.xml"
REPRESENTATION = "representations/rep1"
LOCATIONS = (
    f"{NAMESPACE} http://www.loc.gov/standards/mets/mets.xsd"
    f" {CSIP} https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd"
    f" {SIP} https://earksip.dilcis.eu/schema/DILCISExtensionSIPMETS.xsd"
)


@dataclass(frozen=True, slots=True)
class Group:
    """Files that lie together: `use` as the standard names the folder, and its key in the ids."""

    use: str
    key: str
    files: Sequence[PackageFile]


@dataclass(frozen=True, slots=True)
class Contents:
    """What one METS file lists; paths are relative to its own folder.

    `representation` is the representation's own METS file, None in that file itself.
    """

    object_id: str
    descriptive: Sequence[PackageFile]
    preservation: Sequence[PackageFile]
    groups: Sequence[Group]
    representation: PackageFile | None = None


def table_of_contents(package: Package, contents: Contents) -> bytes:
    """Return the METS file."""
    tree = _root(package, contents.object_id)
    _header(tree, package)
    for number, file in enumerate(contents.descriptive, start=1):
        section = _section(tree, tree.root, "dmdSec", f"dmd-{number}", file)
        _reference(tree, section, file, {"MDTYPE": "OTHER", "OTHERMDTYPE": "BESKRIVNING"})
    if contents.preservation:
        administrative = tree.add(tree.root, "amdSec", attributes={"ID": "amd"})
        for number, file in enumerate(contents.preservation, start=1):
            section = _section(tree, administrative, "digiprovMD", f"digiprov-{number}", file)
            _reference(tree, section, file, {"MDTYPE": "PREMIS", "MDTYPEVERSION": "3.0"})
    _files(tree, contents)
    _structure(tree, contents)
    return tree.written()


def _root(package: Package, object_id: str) -> Tree:
    head = package.head
    part = "skyddade personer" if head.protected else "ordinarie del"
    return Tree(
        NAMESPACE,
        "mets",
        {
            "OBJID": object_id,
            "LABEL": f"Betygskatalog, prövning, {head.unit}, {head.term.label}, {part}",
            "TYPE": "OTHER",
            f"{{{CSIP}}}OTHERTYPE": "Betygskatalog",
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
            f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": CONTENT_TYPE,
            "PROFILE": PROFILE,
            f"{{{SCHEMA_INSTANCE}}}schemaLocation": LOCATIONS,
        },
        prefixes={"xlink": XLINK, "csip": CSIP, "sip": SIP},
    )


def _header(tree: Tree, package: Package) -> None:
    """Write when, by whom and for whom the package was made."""
    header = tree.add(
        tree.root,
        "metsHdr",
        attributes={
            "CREATEDATE": moment(package.as_of),
            "RECORDSTATUS": "REPLACEMENT" if package.replaces else "NEW",
            f"{{{CSIP}}}OAISPACKAGETYPE": "SIP",
        },
    )
    _agents(tree, header, package.head)
    if package.replaces:
        tree.add(header, "altRecordID", package.replaces, {"TYPE": "PREVIOUSREFERENCECODE"})
    tree.add(header, "metsDocumentID", FILE_NAME)


def _agents(tree: Tree, header: Any, head: Head) -> None:
    """Write the program, whose archive it is and who submits."""
    software = {"ROLE": "CREATOR", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}
    _agent(
        tree, header, software, "Prövning", ("SOFTWARE VERSION", f"paketformat {PACKAGE_FORMAT}")
    )
    for role, name, number in (
        ("ARCHIVIST", head.organiser, head.organiser_number),
        ("CREATOR", head.provider, head.provider_number),
    ):
        note = ("IDENTIFICATIONCODE", f"ORG:{number}") if number else None
        _agent(tree, header, {"ROLE": role, "TYPE": "ORGANIZATION"}, name, note)


def _agent(
    tree: Tree, header: Any, attributes: dict[str, str], name: str, note: tuple[str, str] | None
) -> None:
    agent = tree.add(header, "agent", attributes=attributes)
    tree.add(agent, "name", name)
    if note:
        tree.add(agent, "note", note[1], {f"{{{CSIP}}}NOTETYPE": note[0]})


def _section(tree: Tree, parent: Any, name: str, key: str, file: PackageFile) -> Any:
    """Begin the section of one metadata file."""
    facts = {"ID": key, "CREATED": moment(file.created), "STATUS": "CURRENT"}
    return tree.add(parent, name, attributes=facts)


def _reference(tree: Tree, section: Any, file: PackageFile, kind: dict[str, str]) -> None:
    """Point at a metadata file."""
    where = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": file.path}
    tree.add(section, "mdRef", attributes={**where, **kind, **_facts(file)})


def _files(tree: Tree, contents: Contents) -> None:
    """List every file that is not metadata, group by group."""
    section = tree.add(tree.root, "fileSec", attributes={"ID": "files"})
    for group in contents.groups:
        content_type = {
            f"{{{CSIP}}}CONTENTINFORMATIONTYPE": "OTHER",
            f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE": CONTENT_TYPE,
        }
        about = content_type if group.use.startswith("Representations") else {}
        element = tree.add(
            section,
            "fileGrp",
            attributes={"ID": f"group-{group.key}", "USE": group.use, **about},
        )
        for number, file in enumerate(group.files, start=1):
            _file(tree, element, f"file-{group.key}-{number}", file)


def _file(tree: Tree, group: Any, key: str, file: PackageFile) -> None:
    """List one file with what it is and what it must be to be whole."""
    known = {
        f"{{{SIP}}}FILEFORMATNAME": file.kind.name,
        f"{{{SIP}}}FILEFORMATVERSION": file.kind.version or None,
        f"{{{SIP}}}FORMATREGISTRY": "PRONOM",
        f"{{{SIP}}}FORMATREGISTRYKEY": file.kind.pronom,
    }
    element = tree.add(group, "file", attributes={"ID": key, **_facts(file), **known})
    where = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": file.path}
    tree.add(element, "FLocat", attributes=where)


def _facts(file: PackageFile) -> dict[str, object]:
    """Return what METS says of every file."""
    return {
        "MIMETYPE": file.kind.media_type,
        "SIZE": len(file.content),
        "CREATED": moment(file.created),
        "CHECKSUM": file.sha256,
        "CHECKSUMTYPE": "SHA-256",
    }


def _structure(tree: Tree, contents: Contents) -> None:
    """Write the map of the folders."""
    attributes = {"ID": "structure", "TYPE": "PHYSICAL", "LABEL": "CSIP"}
    structure = tree.add(tree.root, "structMap", attributes=attributes)
    top = tree.add(structure, "div", attributes={"ID": "div-package", "LABEL": contents.object_id})
    described = " ".join(f"dmd-{n}" for n, _ in enumerate(contents.descriptive, start=1))
    preserved = " ".join(f"digiprov-{n}" for n, _ in enumerate(contents.preservation, start=1))
    metadata = {"ID": "div-metadata", "LABEL": "Metadata"}
    links = {"DMDID": described or None, "ADMID": preserved or None}
    tree.add(top, "div", attributes={**metadata, **links})
    for group in contents.groups:
        div = {"ID": f"div-{group.key}", "LABEL": group.use}
        element = tree.add(top, "div", attributes=div)
        if contents.representation and group.use.startswith("Representations"):
            _pointer(tree, element, contents.representation, f"group-{group.key}")
        else:
            tree.add(element, "fptr", attributes={"FILEID": f"group-{group.key}"})


def _pointer(tree: Tree, div: Any, file: PackageFile, group: str) -> None:
    """Point at the representation's own table of contents, which its group lists alone."""
    where = {"LOCTYPE": "URL", f"{{{XLINK}}}type": "simple", f"{{{XLINK}}}href": file.path}
    tree.add(div, "mptr", attributes={**where, f"{{{XLINK}}}title": group})
