"""An authority and signed documents, each made once: verification never changes them."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provning.signing.authority import Authority, open_authority
from provning.signing.local import LocalSigner
from provning.signing.ports import Level
from tests.signing.documents import DAY, KARIN, NOW, PER, REASON, document

MadeAtOnce = tuple[Path, Authority, Authority]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an authority made at `NOW`."""
    return tmp_path_factory.mktemp("signing")


@pytest.fixture(scope="session")
def signer(folder: Path) -> LocalSigner:
    """Return the signer of the folder."""
    return LocalSigner(folder)


@pytest.fixture
def own_folder(signer: LocalSigner, tmp_path: Path) -> Path:
    """Return a folder of this test alone, with the same authority in it: keys take long to make."""
    open_authority(signer.folder, NOW)
    shutil.copytree(signer.folder / "keys", tmp_path / "own" / "keys")
    return tmp_path / "own"


@pytest.fixture(scope="session")
def made_at_once(tmp_path_factory: pytest.TempPathFactory) -> MadeAtOnce:
    """Return the folder of another authority, and what the two had who made it at once."""
    folder = tmp_path_factory.mktemp("stranger") / "new" / "signing"
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: open_authority(folder, NOW), range(2))
    return folder, first, second


@pytest.fixture(scope="session")
def stranger(made_at_once: MadeAtOnce) -> Path:
    """Return the folder of another authority; what a test adds to it, it adds to a copy."""
    return made_at_once[0]


@pytest.fixture(scope="session")
def plain() -> bytes:
    """Return a document that nobody has signed."""
    return document()


@pytest.fixture(scope="session")
def levels(folder: Path, plain: bytes) -> dict[Level, bytes]:
    """Return the document signed by Karin, to each level."""
    return {level: LocalSigner(folder, level).sign(plain, KARIN, REASON, NOW) for level in Level}


@pytest.fixture(scope="session")
def one(levels: dict[Level, bytes]) -> bytes:
    """Return the document signed by Karin as the program does it."""
    return levels[Level.B_T]


@pytest.fixture(scope="session")
def two(signer: LocalSigner, one: bytes) -> bytes:
    """Return the document when Per has signed it too, a month later."""
    return signer.sign(one, PER, REASON, NOW + 30 * DAY)


@pytest.fixture(scope="session")
def sealed(signer: LocalSigner, two: bytes) -> bytes:
    """Return the document signed by both and sealed."""
    return signer.seal(two, NOW + 30 * DAY)
