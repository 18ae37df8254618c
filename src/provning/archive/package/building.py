"""From what a package says to its files and to one archive file, the same bytes every time."""

import io
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lxml import etree

from provning.archive.package import description, mets, records
from provning.archive.package.kinds import scan_kind
from provning.archive.package.names import (
    check_name,
    content_name,
    document_name,
    scan_name,
    signed_name,
)
from provning.archive.package.parts import (
    JSON,
    PDF,
    TEXT,
    XML,
    XSD,
    FileKind,
    Package,
    PackageFile,
)
from provning.archive.package.premis import preservation
from provning.archive.package.reading_aid import reading_aid

SCHEMAS = Path(__file__).parent / "schemas"
DATA = f"{mets.REPRESENTATION}/data"
DESCRIPTION = "metadata/descriptive/beskrivning.xml"
PRESERVATION = "metadata/preservation/premis.xml"
READING_AID = "documentation/LASMIG.txt"
RECORDS = f"{DATA}/betygskatalog.xml"
# Read and written by their owner's group, and by nobody else: the files name persons.
FILE_MODE, FOLDER_MODE = 0o640, 0o750


class InvalidPackageError(Exception):
    """A file of the package does not follow its own schema: nothing may be stored."""


def package_files(package: Package) -> list[PackageFile]:
    """Return every file in the order of their paths; both XML files have been validated."""
    at = package.as_of
    representation = _representation(package)
    schema = _schema("schemas", description.SCHEMA, at)
    aid = PackageFile(READING_AID, reading_aid(package), TEXT, at)
    described = _valid(
        PackageFile(DESCRIPTION, description.description(package), XML, at), description.SCHEMA
    )
    listed = [*representation, schema, aid, described]
    held = preservation(listed, package.happenings)
    preserved = PackageFile(PRESERVATION, held, XML, at)
    table = representation[-1]
    groups = (
        mets.Group("Documentation", "documentation", [aid]),
        mets.Group("Schemas", "schemas", [schema]),
        mets.Group("Representations/rep1", "rep1", [table]),
    )
    contents = mets.Contents(package.package_id, (described,), (preserved,), groups, table)
    root = _mets(package, mets.FILE_NAME, contents)
    return sorted([*listed, preserved, root], key=lambda each: each.path)


def _representation(package: Package) -> list[PackageFile]:
    """Return the files of the representation, its own table of contents last."""
    at = package.as_of
    data = list(_data(package, at))
    schema = _schema(f"{mets.REPRESENTATION}/schemas", records.SCHEMA, at)
    held = preservation([_within(each) for each in [*data, schema]])
    preserved = PackageFile(f"{mets.REPRESENTATION}/{PRESERVATION}", held, XML, at)
    groups = (
        mets.Group("Data", "data", [_within(each) for each in data]),
        mets.Group("Schemas", "schemas", [_within(schema)]),
    )
    contents = mets.Contents("rep1", (), (_within(preserved),), groups)
    table = _mets(package, f"{mets.REPRESENTATION}/{mets.FILE_NAME}", contents)
    return [*data, schema, preserved, table]


def packed(package_id: str, files: list[PackageFile]) -> bytes:
    """Return one tar file that holds the package's folder (POSIX ustar, uncompressed)."""
    buffer = io.BytesIO()
    newest = max(each.created for each in files)
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for folder in _folders(files):
            archive.addfile(_entry(f"{package_id}/{folder}".rstrip("/"), newest, tarfile.DIRTYPE))
        for file in files:
            entry = _entry(f"{package_id}/{file.path}", file.created, tarfile.REGTYPE)
            entry.size = len(file.content)
            archive.addfile(entry, io.BytesIO(file.content))
    return buffer.getvalue()


def _data(package: Package, at: datetime) -> Iterator[PackageFile]:
    """Return the content: the papers of every version, and all decisions in one file."""
    yield _valid(PackageFile(RECORDS, records.records(package), XML, at), records.SCHEMA)
    for paper in package.papers:
        named: tuple[tuple[str, bytes | None, FileKind], ...] = (
            (document_name(paper.document_id), paper.document, PDF),
            (signed_name(paper.document_id), paper.signed, PDF),
            (content_name(paper.document_id), paper.content.encode(), JSON),
            (check_name(paper.document_id), paper.check.encode() or None, JSON),
        )
        for name, content, kind in named:
            if content is not None:
                yield PackageFile(f"{DATA}/{name}", content, kind, paper.made_at)
        for number, scan in enumerate(paper.scans, start=1):
            name = scan_name(paper.document_id, number, scan.media_type)
            kind = scan_kind(scan.content, scan.media_type)
            yield PackageFile(f"{DATA}/{name}", scan.content, kind, scan.made_at)


def _within(file: PackageFile) -> PackageFile:
    """Return a file as the representation's table of contents names it."""
    return replace(file, path=file.path.removeprefix(f"{mets.REPRESENTATION}/"))


def _mets(package: Package, path: str, contents: mets.Contents) -> PackageFile:
    return PackageFile(path, mets.table_of_contents(package, contents), XML, package.as_of)


def _schema(folder: str, name: str, at: datetime) -> PackageFile:
    return PackageFile(f"{folder}/{name}", (SCHEMAS / name).read_bytes(), XSD, at)


def _valid(file: PackageFile, schema: str) -> PackageFile:
    """Return the file when it follows its schema."""
    faults = schema_faults(file.content, schema)
    if faults:
        raise InvalidPackageError(f"{file.path}: {'; '.join(faults)}")
    return file


def schema_faults(content: bytes, schema: str) -> list[str]:
    """Return what in an XML file its schema does not allow, or that it is no XML."""
    rules = etree.XMLSchema(file=str(SCHEMAS / schema))
    # Nothing is fetched, and nothing in the file may stand for something outside it.
    reader = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        document = etree.fromstring(content, reader)
    except etree.XMLSyntaxError as error:
        return [str(error)]
    rules.validate(document)
    return [f"rad {each.line}: {each.message}" for each in rules.error_log]


def _folders(files: list[PackageFile]) -> list[str]:
    """Return the folders of the package, the outer ones first; "" is the package's own."""
    found = {""}
    for file in files:
        parts = file.path.split("/")[:-1]
        found.update("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
    return sorted(found)


def _entry(name: str, at: datetime, kind: bytes) -> tarfile.TarInfo:
    """Return an entry that tells of nobody's machine."""
    entry = tarfile.TarInfo(name)
    entry.type = kind
    entry.mtime = int(at.timestamp())
    entry.mode = FOLDER_MODE if kind == tarfile.DIRTYPE else FILE_MODE
    return entry
