"""Pick the demo's invented persons: official test numbers and common names, always the same.

Run from the project: `python tools/build_demo_persons.py ../shared/data`. Numbers are the tax
agency's published test numbers; names come from the name lists, so nobody in the list exists.
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

PERSONS = 360
OLDEST, YOUNGEST = "1962", "2007"
TARGET = Path("src/provning/cli/demo/persons.csv")


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a comma-separated file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(folder: Path, chance: random.Random) -> list[tuple[str, str]]:
    """Return test numbers of adults with their sex, personnummer and samordningsnummer mixed."""
    adults = [
        (row["number12"], row["sex"])
        for row in rows_of(folder / "test_personnummer.csv")
        if OLDEST <= row["number12"][:4] <= YOUNGEST
    ]
    return chance.sample(adults, PERSONS)


def given_names(folder: Path, sex: str, chance: random.Random) -> Iterator[str]:
    """Give first names of one sex without end: mostly common, some long, some from elsewhere."""
    swedish = [row for row in rows_of(folder / "first_names.csv") if row["sex"] in {sex, ""}]
    common = [row["name"] for row in swedish[:400]]
    long = [row["name"] for row in swedish if int(row["length"]) > 13]
    abroad = foreign(folder, "first", {"K": "F", "M": "M"}.get(sex, "F"))
    while True:
        yield chance.choice(chance.choices((common, long, abroad), (84, 6, 10))[0])


def family_names(folder: Path, chance: random.Random) -> Iterator[str]:
    """Give family names without end, double names among them."""
    swedish = rows_of(folder / "last_names.csv")
    common = [row["name"] for row in swedish[:500]]
    long = [row["name"] for row in swedish if int(row["length"]) > 15]
    abroad = foreign(folder, "last", "")
    while True:
        name = chance.choice(chance.choices((common, long, abroad), (80, 6, 14))[0])
        yield f"{name} {chance.choice(common)}" if chance.random() < 0.05 else name


def foreign(folder: Path, part: str, gender: str) -> list[str]:
    """Return names in Latin letters that are not all in Latin-1."""
    return [
        row["name"]
        for row in rows_of(folder / "international_names.csv")
        if row["part"] == part
        and row["script"] == "latin"
        and row["gender"] in {gender, ""}
        and any(ord(letter) > 255 for letter in row["name"])
    ]


def main() -> None:
    """Write the file."""
    folder, chance = Path(sys.argv[1]), random.Random(20261125)
    family = family_names(folder, chance)
    given = {sex: given_names(folder, sex, chance) for sex in ("K", "M")}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("number", "given_name", "family_name"))
        for place, (number, sex) in enumerate(numbers(folder, chance)):
            last = "" if place == 77 else next(family)
            writer.writerow((number, next(given[sex if sex in given else "K"]), last))


if __name__ == "__main__":
    main()
