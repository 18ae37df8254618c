"""The file around a backup: what it is, how it is sealed, and at its end the SHA-256 of all of it.

First line `PROVNING-BACKUP 1`, second line JSON about the sealing, then the archive, then a line
`PROVNING-END` with the digest. So a file that was cut off, changed or sealed with another key is
told apart before anything of it is used.
"""

import gzip
import hashlib
import io
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from provning.operations.backups.faults import cut_off, damaged, key_missing, key_wrong, not_ours
from provning.operations.backups.sealing import Opener, Sealer, WrongKeyError, cipher_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

MAGIC: Final = b"PROVNING-BACKUP 1\n"
END: Final = b"\nPROVNING-END "
TRAILER: Final = len(END) + 64 + 1
PLAIN, SEALED = "none", "aes-256-gcm"
LINE: Final = 200
"""No second line is longer."""
BLOCK: Final = 1 << 20
QUICK: Final = 4
"""Documents are compressed already, and rows compress well with little effort."""


class _Hashed(io.RawIOBase):
    """Passes bytes on and keeps their digest."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.digest = file, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: "ReadableBuffer") -> int:
        self.digest.update(data)
        return self._file.write(data)


@contextmanager
def new_file(path: Path, key: str) -> Iterator[BinaryIO]:
    """Give a stream to write the archive into; the file has its name first when it is whole.

    Until then it lies beside as `.NAME.part`, for its owner alone, and is removed when something
    goes wrong. With a key it is sealed. Raises `FileExistsError` for a name that is taken.
    """
    draft = path.with_name(f".{path.name}.part")
    if path.exists():
        raise FileExistsError(path)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with _framed(file, key) as stream:
                yield stream
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
        _keep_name(path.parent)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def _framed(file: BinaryIO, key: str) -> Iterator[BinaryIO]:
    """Write the lines around the archive; gives the stream of the archive, compressed."""
    hashed = _Hashed(file)
    salt = secrets.token_bytes(16)
    told = {"cipher": SEALED, "kdf": "scrypt", "salt": salt.hex()} if key else {"cipher": PLAIN}
    header = MAGIC + json.dumps(told).encode() + b"\n"
    hashed.write(header)
    out = cast("BinaryIO", hashed)
    body = cast("BinaryIO", Sealer(out, cipher_of(key, salt), header)) if key else out
    with gzip.GzipFile(
        filename="", mode="wb", fileobj=body, mtime=0, compresslevel=QUICK
    ) as packed:
        yield cast("BinaryIO", packed)
    if key:
        body.close()
    file.write(END + hashed.digest.hexdigest().encode() + b"\n")


def _keep_name(folder: Path) -> None:
    """Have the folder itself written down, so that the name survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def opened(path: Path, key: str) -> Iterator[BinaryIO]:
    """Give the archive of a file whose digest holds; raises `BackupError` for any other."""
    with path.open("rb") as file:
        header, told = _header(path, file)
        size = path.stat().st_size - len(header) - TRAILER
        _expect_whole(path, file)
        file.seek(len(header))
        body: io.RawIOBase = _Part(file, size)
        if told["cipher"] == SEALED:
            if not key:
                raise key_missing(path.name)
            body = Opener(file, cipher_of(key, bytes.fromhex(told["salt"])), header, size)
        try:
            with gzip.GzipFile(fileobj=io.BufferedReader(body, BLOCK)) as packed:
                yield cast("BinaryIO", packed)
        except WrongKeyError as error:
            raise key_wrong(path.name) from error
        except EOFError as error:
            raise damaged(path.name) from error


class _Part(io.RawIOBase):
    """Reads so many bytes of a file and no more."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._file.read(wanted)
        self._left -= len(data)
        return data

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type] # what io gives is a buffer
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)


def _header(path: Path, file: BinaryIO) -> tuple[bytes, dict[str, str]]:
    """Return the first two lines, and what the second says."""
    magic = file.read(len(MAGIC))
    if magic != MAGIC:
        raise cut_off(path.name) if MAGIC.startswith(magic) else not_ours(path.name)
    line = file.readline(LINE)
    if not line.endswith(b"\n"):
        raise cut_off(path.name)
    try:
        told = json.loads(line)
        sealed = told["cipher"] == SEALED and len(bytes.fromhex(told["salt"])) > 0
        known = sealed or told == {"cipher": PLAIN}
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(path.name) from error
    if not known:
        raise damaged(path.name)
    return MAGIC + line, told


def _expect_whole(path: Path, file: BinaryIO) -> None:
    """Hold the whole file against the digest in its last line."""
    size = path.stat().st_size
    if size < file.tell() + TRAILER:
        raise cut_off(path.name)
    file.seek(size - TRAILER)
    last = file.read(TRAILER)
    if not last.startswith(END):
        raise cut_off(path.name)
    file.seek(0)
    digest, left = hashlib.sha256(), size - TRAILER
    while left:
        block = file.read(min(BLOCK, left))
        digest.update(block)
        left -= len(block)
    if last != END + digest.hexdigest().encode() + b"\n":
        raise damaged(path.name)
