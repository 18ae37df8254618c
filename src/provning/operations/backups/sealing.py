"""Sealing a stream of bytes with a key: AES-256-GCM in chunks, none of which can be moved or left.

Each file has a key of its own, made by scrypt of the installation's key and the file's salt. The
nonce of a chunk is its number and whether it is the last, so chunks out of order, repeated or cut
off do not open; the file's first lines are authenticated with every chunk.
"""

import io
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from provning.operations.backups.faults import key_short

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

CHUNK: Final = 1 << 20
TAG: Final = 16
KEY_BYTES: Final = 32
COST: Final = 2**15
"""scrypt's N: 32 MiB and about a tenth of a second."""
LEAST: Final = 20
LAST: Final = b"\x01"
MORE: Final = b"\x00"


class WrongKeyError(Exception):
    """A chunk does not open with the key."""


@lru_cache(maxsize=2)
def cipher_of(key: str, salt: bytes) -> AESGCM:
    """Return a file's own cipher, made once for all who read the file one after another.

    Raises `BackupError` for a key that can be guessed.
    """
    if len(key) < LEAST:
        raise key_short(LEAST)
    made = Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=8, p=1).derive(key.encode())
    return AESGCM(made)


def nonce(number: int, *, last: bool) -> bytes:
    """Return the twelve bytes that belong to a chunk alone."""
    return number.to_bytes(11, "big") + (LAST if last else MORE)


class Sealer(io.RawIOBase):
    """Writes what it is given into another file, sealed; `close` writes the last chunk."""

    def __init__(self, file: BinaryIO, cipher: AESGCM, header: bytes) -> None:
        """Begin with nothing."""
        self._file, self._cipher, self._header = file, cipher, header
        self._waiting = bytearray()
        self._number = 0

    def writable(self) -> bool:
        """Say that it is for writing."""
        return True

    def write(self, data: "ReadableBuffer") -> int:
        """Take bytes in; a full chunk is sealed when more has come after it."""
        view = memoryview(data).cast("B")
        self._waiting += view
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(view)

    def close(self) -> None:
        """Seal what is left as the last chunk; the file beneath stays open."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
        super().close()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(nonce(self._number, last=last), chunk, self._header)
        self._file.write(sealed)
        self._number += 1


class Opener(io.RawIOBase):
    """Reads what a `Sealer` wrote; raises `WrongKeyError` when a chunk does not open."""

    def __init__(self, file: BinaryIO, cipher: AESGCM, header: bytes, size: int) -> None:
        """Begin at the first chunk; `size` is how many sealed bytes there are."""
        self._file, self._cipher, self._header = file, cipher, header
        self._left = size
        self._number = 0
        self._opened = memoryview(b"")

    def readable(self) -> bool:
        """Say that it is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill the buffer with opened bytes; 0 at the end."""
        if not self._opened and self._left:
            self._opened = memoryview(self._next())
        view = memoryview(buffer).cast("B")
        count = min(len(view), len(self._opened))
        view[:count] = self._opened[:count]
        self._opened = self._opened[count:]
        return count

    def _next(self) -> bytes:
        chunk = self._file.read(min(CHUNK + TAG, self._left))
        self._left -= len(chunk)
        place = nonce(self._number, last=not self._left)
        self._number += 1
        try:
            return self._cipher.decrypt(place, chunk, self._header)
        except InvalidTag as error:
            raise WrongKeyError from error
