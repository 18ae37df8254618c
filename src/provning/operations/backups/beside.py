"""What lies beside the database and belongs to a backup: the signing authority's files.

Certificates that verify old signatures, and the list of revoked ones, are always taken along. Keys
that make signatures, and the secret key of sign-ins, only when asked for.
"""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Final

SIGNING, SECRET = "signing", "secret-key"
OWNER_ONLY: Final = 0o600
PUBLIC: Final = ("keys/*.crt", "trusted/*.crt", "revoked")
PRIVATE: Final = ("keys/*.key",)


def files_beside(data: Path, signing: Path, *, with_keys: bool) -> dict[str, Path]:
    """Return the files with their names in the backup."""
    patterns = (*PUBLIC, *(PRIVATE if with_keys else ()))
    found = {
        f"{SIGNING}/{path.relative_to(signing)}": path
        for pattern in patterns
        for path in sorted(signing.glob(pattern))
    }
    if with_keys and (data / SECRET).exists():
        found[SECRET] = data / SECRET
    return found


def put_beside(data: Path, signing: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write the files where they belong; what is there already stays as it is.

    Where there is another authority, or the backup brings no keys, its root is trusted beside.
    """
    taken = dict(files)
    keys = {name for name in taken if name.endswith(".key")}
    new = not (signing / "keys").exists()
    for name, content in taken.items():
        if name == SECRET:
            _put(data / SECRET, content)
        elif not name.startswith(f"{SIGNING}/keys/") or (new and keys):
            _put(signing / name.removeprefix(f"{SIGNING}/"), content)
    root = taken.get(f"{SIGNING}/keys/root.crt")
    own = signing / "keys" / "root.crt"
    if root and not (own.exists() and own.read_bytes() == root):
        _put(signing / "trusted" / f"{_mark(root)}.crt", root)


def _mark(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        path.touch(mode=OWNER_ONLY)
        path.write_bytes(content)
