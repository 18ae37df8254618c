"""The file around a backup: every way it can be wrong has its own message."""

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provning.operations.backups import sealing
from provning.operations.backups.faults import BackupError
from provning.operations.backups.frame import END, MAGIC, TRAILER, new_file, opened
from provning.operations.backups.sealing import CHUNK

KEY = "en lång nyckel som ingen gissar"
OTHER = "en annan nyckel som ingen gissar"
TEXT = "Betyg A åt Ö. Ödlund".encode()


@pytest.fixture(autouse=True)
def _cheap_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a key cost little here: that scrypt is slow is not what is tested."""
    monkeypatch.setattr(sealing, "COST", 2)


def write(path: Path, content: bytes = TEXT, key: str = "") -> Path:
    with new_file(path, key) as stream:
        stream.write(content)
    return path


def read(path: Path, key: str = "") -> bytes:
    with opened(path, key) as stream:
        return stream.read()


def refusal(path: Path, key: str = "") -> str:
    with pytest.raises(BackupError) as caught:
        read(path, key)
    return str(caught.value)


@pytest.mark.parametrize("key", ["", KEY])
@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_written_is_read_back(tmp_path: Path, size: int, key: str) -> None:
    content = os.urandom(size)
    assert read(write(tmp_path / "a", content, key), key) == content


def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    assert stat.S_IMODE(write(tmp_path / "a").stat().st_mode) == 0o600


def test_a_sealed_file_says_nothing_of_what_it_holds(tmp_path: Path) -> None:
    path = write(tmp_path / "a", TEXT * 3, KEY)
    assert TEXT[:4] not in path.read_bytes()
    assert refusal(path) == (
        "a är krypterad. Ange nyckeln i PROVNING_BACKUP_KEY eller PROVNING_BACKUP_KEY_FILE."
    )


def test_two_files_with_the_same_content_are_sealed_differently(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a", TEXT, KEY), write(tmp_path / "b", TEXT, KEY)
    assert one.read_bytes()[-120:] != two.read_bytes()[-120:]


def test_another_key_does_not_open_it(tmp_path: Path) -> None:
    said = "Nyckeln öppnar inte a. Ange den nyckel som gällde när kopian togs."
    assert refusal(write(tmp_path / "a", TEXT, KEY), OTHER) == said


def test_a_key_that_can_be_guessed_is_refused_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="för kort: minst 20 tecken"):
        write(tmp_path / "a", TEXT, "hemligt")
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken_is_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a")
    with pytest.raises(FileExistsError):
        write(path, b"another")
    assert read(path) == TEXT


def test_what_goes_wrong_half_way_leaves_nothing(tmp_path: Path) -> None:
    seen = fail_half_way(tmp_path)
    assert seen == [".a.part"]
    assert list(tmp_path.iterdir()) == []


def fail_half_way(folder: Path) -> list[str]:
    """Fail after some has been written; returns the files that lay there then."""
    seen: list[str] = []
    with suppress(RuntimeError), new_file(folder / "a", KEY) as stream:
        stream.write(TEXT)
        seen += [path.name for path in folder.iterdir()]
        raise RuntimeError
    return seen


@pytest.mark.parametrize("key", ["", KEY])
def test_every_changed_byte_is_found(tmp_path: Path, key: str) -> None:
    whole = write(tmp_path / "a", TEXT, key).read_bytes()
    unseen = []
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0x01
        (tmp_path / "b").write_bytes(changed)
        try:
            read(tmp_path / "b", key)
        except BackupError:
            continue
        unseen.append(place)
    assert unseen == []


def test_a_changed_byte_is_said_to_be_that(tmp_path: Path) -> None:
    path = write(tmp_path / "a", os.urandom(500))
    changed = bytearray(path.read_bytes())
    changed[200] ^= 0x80
    path.write_bytes(changed)
    assert refusal(path) == (
        "a är skadad eller ändrad: kontrollsumman stämmer inte. "
        "Hämta den på nytt eller ta en äldre kopia."
    )


@given(share=st.floats(0, 1, exclude_max=True), key=st.sampled_from(["", KEY]))
@settings(max_examples=40)
def test_a_file_that_is_cut_off_is_said_to_be_that(
    tmp_path_factory: pytest.TempPathFactory, share: float, key: str
) -> None:
    path = write(tmp_path_factory.mktemp("cut") / "a", os.urandom(300), key)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(path, key) == (
        "a slutar för tidigt: filen är avhuggen. Hämta den på nytt eller ta en äldre kopia."
    )


def test_something_else_is_said_to_be_that(tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_bytes(b"Hej! " * 40)
    assert refusal(path) == "brev.txt är ingen säkerhetskopia från Prövning."


def test_a_forged_end_does_not_help_without_the_key(tmp_path: Path) -> None:
    """Who changes a sealed file and writes the digest anew is stopped by the sealing."""
    path = write(tmp_path / "a", TEXT, KEY)
    body = bytearray(path.read_bytes()[:-TRAILER])
    body[-1] ^= 0x01
    path.write_bytes(bytes(body) + END + hashlib.sha256(body).hexdigest().encode() + b"\n")
    assert refusal(path, KEY).startswith("Nyckeln öppnar inte a.")


def test_the_first_line_says_what_it_is(tmp_path: Path) -> None:
    assert write(tmp_path / "a").read_bytes().startswith(MAGIC)
