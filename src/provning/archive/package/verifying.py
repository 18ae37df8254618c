"""Checking a package that lies in a folder: every byte against what its own tables say.

Needs no database, so that whoever holds the files can run it. What a package cannot show is that
all of it has been written anew: for that, the digest of METS.xml is noted beside the folder when it
is written, and the archive's own receipt has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from provning.archive.package import description, mets, premis, records
from provning.archive.package.building import DESCRIPTION, PRESERVATION, RECORDS, schema_faults
from provning.archive.package.parts import digest

NOTE = ".sha256"


@dataclass(frozen=True, slots=True)
class Listed:
    """One file as a table of contents lists it; `path` is from the package's folder."""

    path: str
    size: int
    sha256: str


def package_faults(folder: Path) -> list[str]:
    """Return everything that is wrong with the package in the folder, in Swedish; empty is whole.

    Raises `OSError` when the folder cannot be read.
    """
    root = folder / mets.FILE_NAME
    if not root.is_file():
        return [f"{mets.FILE_NAME} saknas"]
    noted = list(_noted_faults(folder, root))
    try:
        tables = list(_tables(folder))
        listed = [each for table in tables for each in _listed(folder, table)]
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        return [*noted, f"{mets.FILE_NAME} går inte att läsa: {error}"]
    return [
        *noted,
        *_name_faults(folder, root),
        *(fault for each in listed for fault in _file_faults(folder, each)),
        *_stray_faults(folder, listed),
        *_content_faults(folder, listed),
    ]


def files_in(folder: Path) -> int:
    """Return how many files the folder holds."""
    return sum(path.is_file() for path in folder.rglob("*"))


def _noted_faults(folder: Path, root: Path) -> Iterator[str]:
    """Compare METS.xml with the digest that was noted beside the folder, when there is a note."""
    note = folder.with_name(folder.name + NOTE)
    if note.is_file() and note.read_text("ascii").split()[0] != digest(root.read_bytes()):
        yield f"{mets.FILE_NAME} har en annan kontrollsumma än den som antecknades i {note.name}"


def _name_faults(folder: Path, root: Path) -> Iterator[str]:
    """Hold the folder's name to be the package's id."""
    object_id = _parsed(root).get("OBJID")
    if object_id != folder.resolve().name:
        yield f"mappen heter {folder.resolve().name} men paketet {object_id}"


def _tables(folder: Path) -> Iterator[Path]:
    """Return the tables of contents: the root's, and those it points at."""
    root = folder / mets.FILE_NAME
    yield root
    for pointer in _parsed(root).iter(f"{{{mets.NAMESPACE}}}mptr"):
        path = folder / unquote(pointer.get(f"{{{mets.XLINK}}}href", ""))
        if path.is_file():
            yield path


def _listed(folder: Path, table: Path) -> Iterator[Listed]:
    """Return every file that a table of contents lists."""
    root = _parsed(table)
    for element in root.iter(f"{{{mets.NAMESPACE}}}mdRef", f"{{{mets.NAMESPACE}}}file"):
        location = element.find(f"{{{mets.NAMESPACE}}}FLocat")
        where = element if location is None else location
        path = table.parent / unquote(where.attrib[f"{{{mets.XLINK}}}href"])
        relative = path.resolve().relative_to(folder.resolve()).as_posix()
        yield Listed(relative, int(element.attrib["SIZE"]), element.attrib["CHECKSUM"].lower())


def _file_faults(folder: Path, listed: Listed) -> Iterator[str]:
    """Compare one file with what is listed of it."""
    path = folder / listed.path
    if not path.is_file():
        yield f"{listed.path} saknas"
        return
    content = path.read_bytes()
    if len(content) != listed.size:
        yield f"{listed.path} är {len(content)} byte men ska vara {listed.size}"
    if digest(content) != listed.sha256:
        yield f"{listed.path} är ändrad: kontrollsumman stämmer inte"


def _stray_faults(folder: Path, listed: list[Listed]) -> Iterator[str]:
    """Name the files that no table of contents knows."""
    known = {each.path for each in listed} | {mets.FILE_NAME}
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder).as_posix()
        if path.is_symlink() or (path.is_file() and relative not in known):
            yield f"{relative} finns men står inte i {mets.FILE_NAME}"


def _content_faults(folder: Path, listed: list[Listed]) -> Iterator[str]:
    """Check the XML files against their schemas, and their digests against the listed ones."""
    for path, schema in ((DESCRIPTION, description.SCHEMA), (RECORDS, records.SCHEMA)):
        if (folder / path).is_file():
            for fault in schema_faults((folder / path).read_bytes(), schema):
                yield f"{path}: {fault}"
    known = {each.path: each.sha256 for each in listed}
    if (folder / PRESERVATION).is_file():
        yield from _preserved_faults(folder / PRESERVATION, known)


def _preserved_faults(path: Path, known: dict[str, str]) -> Iterator[str]:
    """Compare the digests in the preservation metadata with the listed ones."""
    space = f"{{{premis.NAMESPACE}}}"
    try:
        root = _parsed(path)
    except etree.XMLSyntaxError as error:
        yield f"{PRESERVATION} går inte att läsa: {error}"
        return
    for element in root.iter(f"{space}object"):
        name = element.findtext(f"{space}objectIdentifier/{space}objectIdentifierValue")
        held = element.findtext(f".//{space}messageDigest")
        if known.get(name) != held:
            yield f"{PRESERVATION} har en annan kontrollsumma för {name} än {mets.FILE_NAME}"


def _parsed(path: Path) -> etree._Element:
    """Read an XML file; nothing in it may stand for something outside it."""
    reader = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(path.read_bytes(), reader)
