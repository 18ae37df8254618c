"""What lies in a backup's archive, in this order: head, tables in pieces, files, manifest.

`head.json` says what program made it and which migrations the database had. `tables/NAME/000001`
and so on are lines of rows; `files/PATH` what lies beside the database. `manifest.json` comes last,
with the SHA-256 of every part.
"""

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from provning.operations.backups.faults import BackupError, damaged
from provning.operations.backups.frame import opened
from provning.operations.backups.rows import Digester, Migrations, TableDigest, content_hash

HEAD, MANIFEST = "head.json", "manifest.json"
TABLES, FILES = "tables", "files"
PIECE: Final = 1 << 20
"""Lines are put together to pieces of about this many bytes."""
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Head:
    """Where a backup comes from; `columns` of every table, `next_keys` of those that count."""

    program: str
    made_at: str
    database: str
    migrations: Migrations
    columns: dict[str, list[str]]
    next_keys: dict[str, int]
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a whole backup holds: digests of its head, its tables and its files, and all of it."""

    head_sha256: str
    tables: dict[str, TableDigest]
    files: dict[str, str]
    content: str

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(each.rows for each in self.tables.values())


@dataclass(frozen=True, slots=True)
class Whole:
    """A backup whose every part holds."""

    head: Head
    manifest: Manifest


class Writer:
    """Writes the parts into an archive."""

    def __init__(self, stream: BinaryIO, head: Head) -> None:
        """Begin with the head."""
        self._archive = tarfile.open(fileobj=stream, mode="w|")  # noqa: SIM115 # `close` closes it
        self._head_digest = _sha256(self._put(HEAD, _json(asdict(head))))
        self._tables: dict[str, TableDigest] = {}
        self._files: dict[str, str] = {}

    def table(self, name: str, columns: list[str], lines: Iterable[bytes]) -> None:
        """Write a table in pieces."""
        digester, piece, number = Digester(columns), bytearray(), 0
        for line in lines:
            digester.take(line)
            piece += line
            if len(piece) >= PIECE:
                number += 1
                self._put(f"{TABLES}/{name}/{number:06}", bytes(piece))
                piece.clear()
        if piece:
            self._put(f"{TABLES}/{name}/{number + 1:06}", bytes(piece))
        self._tables[name] = digester.digest()

    def file(self, name: str, content: bytes) -> None:
        """Write a file."""
        self._files[name] = _sha256(self._put(f"{FILES}/{name}", content))

    def close(self) -> Manifest:
        """Write the manifest and end the archive."""
        total = content_hash(self._tables)
        manifest = Manifest(self._head_digest, self._tables, self._files, total)
        self._put(MANIFEST, _json(asdict(manifest)))
        self._archive.close()
        return manifest

    def _put(self, name: str, content: bytes) -> bytes:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._archive.addfile(member, io.BytesIO(content))
        return content


def members(path: Path, key: str) -> Iterator[tuple[str, bytes]]:
    """Return every part's name and content, one at a time; raises `BackupError` for damage."""
    with opened(path, key) as stream:
        try:
            with tarfile.open(fileobj=stream, mode="r|") as archive:
                for member in archive:
                    taken = archive.extractfile(member)
                    if taken is None:
                        raise damaged(path.name, member.name)
                    yield member.name, taken.read()
            # The gzip stream checks itself at its end.
            stream.read()
        except (tarfile.TarError, zlib.error, OSError) as error:
            raise damaged(path.name) from error


def head_of(path: Path, key: str) -> Head:
    """Return where a backup comes from."""
    parts = members(path, key)
    try:
        name, content = next(parts, ("", b""))
        return _head(path, name, content)
    finally:
        parts.close()  # type: ignore[attr-defined] # `members` is a generator


def _head(path: Path, name: str, content: bytes) -> Head:
    if name != HEAD:
        raise damaged(path.name, HEAD)
    told = _parsed(path, HEAD, content)
    if told.get("format") != FORMAT:
        raise BackupError(f"{path.name} har ett format som ett nyare program kan läsa.")
    told["migrations"] = [(app, migration) for app, migration in told["migrations"]]
    return Head(**told)


def inspect(path: Path, key: str) -> Whole:
    """Read a whole backup through and hold every part against the manifest; needs no database.

    Raises `BackupError` that names the first part that does not hold.
    """
    head: Head | None = None
    head_digest = ""
    tables: dict[str, Digester] = {}
    files: dict[str, str] = {}
    manifest: Manifest | None = None
    for name, content in members(path, key):
        kind, _, rest = name.partition("/")
        if head is None:
            head, head_digest = _head(path, name, content), _sha256(content)
            tables = {table: Digester(columns) for table, columns in head.columns.items()}
        elif kind == TABLES and rest.rpartition("/")[0] in tables:
            for line in content.splitlines(keepends=True):
                tables[rest.rpartition("/")[0]].take(line)
        elif kind == FILES:
            files[rest] = _sha256(content)
        elif name == MANIFEST:
            manifest = _manifest(path, content)
        else:
            raise damaged(path.name, name)
    if head is None or manifest is None:
        raise damaged(path.name, MANIFEST)
    digests = {name: each.digest() for name, each in tables.items()}
    found = Manifest(head_digest, digests, files, content_hash(digests))
    _compare(path, found, manifest)
    return Whole(head, manifest)


def _compare(path: Path, found: Manifest, told: Manifest) -> None:
    """Name the first part that is another than the manifest says."""
    for name in sorted({*found.tables, *told.tables}):
        if found.tables.get(name) != told.tables.get(name):
            raise damaged(path.name, f"{TABLES}/{name}")
    for name in sorted({*found.files, *told.files}):
        if found.files.get(name) != told.files.get(name):
            raise damaged(path.name, f"{FILES}/{name}")
    if found != told:
        raise damaged(path.name, HEAD)


def _manifest(path: Path, content: bytes) -> Manifest:
    told = _parsed(path, MANIFEST, content)
    told["tables"] = {name: TableDigest(**each) for name, each in told["tables"].items()}
    return Manifest(**told)


def _parsed(path: Path, name: str, content: bytes) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise damaged(path.name, name) from error
    return parsed


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode() + b"\n"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
