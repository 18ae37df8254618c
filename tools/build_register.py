"""Build the packaged course register from the public reference data beside the checkout.

Run `python tools/build_register.py`; the same sources give the same bytes. What is gathered from
where, and what is decided here, stands in the PROVENANCE.md that is written with the files.
"""

import argparse
import csv
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from provning.courses.register_rows import COURSE_COLUMNS
from provning.kernel.course_codes import course_key

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT.parent / "shared" / "data"
PACKAGED = ROOT / "src" / "provning" / "courses" / "data"
PROVENANCE = Path(__file__).with_name("register_provenance.md")

Row = dict[str, str]

GY11_LAST_DAY = "2030-06-30"
GY25_FIRST_DAY = "2025-07-01"
FAMILIES = {
    "AF_GY": "gy",
    "EF_ARBETE": "diploma",
    "GU_GRUND": "basic",
    "AF_GRUND_2012": "basic",
    "G_ANP_GRUND": "adapted_basic",
    "AE_ANP_GYM": "adapted_upper",
    "NONE": "ungraded",
}
KINDS = {
    "nationell kurs": "course",
    "nationell delkurs": "part",
    "orienteringskurs": "orientation",
    "komvuxarbete": "diploma",
    "gymnasiearbete": "diploma",
    "sfi-kurs": "course",
    "sfi-kurs med studieväg": "course",
    "ämnesområdeskurs": "subject_area",
}
CURRICULA = {
    "grundläggande": "basic",
    "gymnasial": "adult_upper",
    "sfi": "sfi",
    "anpassad grundläggande": "adapted_basic",
    "anpassad gymnasial": "adapted_upper",
}
SUBJECTS = {
    "komvuxarbete": ("KVAR", "Komvuxarbete"),
    "gymnasiearbete": ("GYAR", "Gymnasiearbete"),
    "orienteringskurs": ("ORI", "Orienteringskurs"),
    "sfi-kurs": ("SFI", "Svenska för invandrare"),
    "sfi-kurs med studieväg": ("SFI", "Svenska för invandrare"),
}
COMBINED_SUBJECTS = {
    "NOA": "Naturorienterande ämnen",
    "NOB": "Naturorienterande ämnen",
    "SOA": "Samhällsorienterande ämnen",
    "SOB": "Samhällsorienterande ämnen",
}
SFI_CODE = re.compile(r"SFIKU([A-D])9([1-3])")
PROVIDERS_NOTE = re.compile(r" \([^()]*\)$")


def main() -> None:
    """Read the sources and write the register's files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=SOURCES)
    parser.add_argument("--out", type=Path, default=PACKAGED)
    options = parser.parse_args()
    for line in build(options.sources, options.out):
        print(line)


def build(sources: Path, out: Path) -> list[str]:
    """Write every file and return one line of counts for each, as they stand in PROVENANCE.md."""
    out.mkdir(parents=True, exist_ok=True)
    counts = [
        _write(out / name, COURSE_COLUMNS, _by_code(make(sources))) for name, make in FILES.items()
    ]
    pairs = [
        {side: row[side] for side in ("gy11_code", "gy25_code")}
        for row in _read(sources / "gy11_gy25_pairs.csv")
    ]
    counts.append(_write(out / "gy11_gy25_pairs.csv", ("gy11_code", "gy25_code"), pairs))
    text = PROVENANCE.read_text(encoding="utf-8")
    text = text.replace("{counts}", "\n".join(counts)).replace("{sources}", _digests(sources))
    (out / "PROVENANCE.md").write_text(text, encoding="utf-8", newline="\n")
    return counts


def gy11_courses(sources: Path) -> list[Row]:
    """Return the courses of Gy11, current and historic, and their language templates."""
    return [
        _course(
            row,
            name=row["name_sv"],
            name_en=row["name_en"],
            curriculum="gy11",
            kind="template" if row["kind"] == "template" else "course",
            scale_family="gy",
            in_adult_education=_flag(row["school_forms"] != "GY"),
            valid_to=GY11_LAST_DAY if row["status"] == "current" else "",
            is_historic=_flag(row["status"] == "historic"),
        )
        for row in _read(sources / "courses_gy11.csv")
    ]


def gy25_levels(sources: Path) -> list[Row]:
    """Return the levels of Gy25, with one row for each language, instrument and specialisation."""
    variants: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _read(sources / "gy25_variant_suffixes.csv"):
        variants[row["subject_code"]].append(row)
    rows = []
    for row in _read(sources / "levels_gy25.csv"):
        level = _level(row)
        rows.append(level)
        if row["has_variant_suffix"] == "1":
            rows += [_variant(level, row, each) for each in variants[row["subject_code"]]]
    return rows


def komvux_courses(sources: Path) -> list[Row]:
    """Return komvux's own codes: grundläggande, sfi, komvuxarbete, orienteringskurser, anpassad."""
    return [_komvux_course(row) for row in _read(sources / "komvux_grundlaggande.csv")]


def adapted_courses(sources: Path) -> list[Row]:
    """Return the courses of anpassad utbildning at gymnasial nivå, which Gy25 replaced."""
    return [
        _course(
            row,
            name=row["name_sv"],
            curriculum="adapted_upper",
            kind="course",
            scale_family=FAMILIES[row["grade_scale"]],
            valid_to=GY11_LAST_DAY,
        )
        for row in _read(sources / "komvux_anpassad_gymnasial.csv")
    ]


FILES: dict[str, Callable[[Path], list[Row]]] = {
    "courses_gy11.csv": gy11_courses,
    "levels_gy25.csv": gy25_levels,
    "komvux_grundlaggande.csv": komvux_courses,
    "komvux_anpassad_gymnasial.csv": adapted_courses,
}


def _level(row: Row) -> Row:
    """Return a level; one whose code needs a suffix is a template."""
    return _course(
        row,
        name=row["full_name"],
        curriculum="gy25",
        kind="template" if row["has_variant_suffix"] == "1" else "level",
        level=row["level"],
        scale_family="gy",
        in_adult_education=_flag("VUXGY" in row["school_forms"]),
        valid_from=GY25_FIRST_DAY,
        valid_to=row["valid_to"],
    )


def _variant(level: Row, row: Row, variant: Row) -> Row:
    """Return a level with its language, instrument or specialisation in code and name."""
    named = variant["name"]
    if variant["kind"] == "instrument":
        named = f"{row['subject_name']} – {named.lower()}"
    code = f"{level['code']}{variant['suffix']}"
    name = f"{named} {row['level_name'].lower()}"
    return {**level, "code": code, "name": name, "kind": "level"}


def _komvux_course(row: Row) -> Row:
    """Return one of komvux's own courses."""
    subject_code, subject_name = SUBJECTS.get(row["kind"]) or _basic_subject(row)
    is_gymnasiearbete = row["kind"] == "gymnasiearbete"
    return _course(
        row,
        name=_komvux_name(row),
        subject_code=subject_code,
        subject_name=subject_name,
        curriculum="gy11" if is_gymnasiearbete else CURRICULA[row["level"]],
        kind=KINDS[row["kind"]],
        level="",
        scale_family=FAMILIES[row["grade_scale"]],
        in_adult_education=_flag(not is_gymnasiearbete),
        valid_to=GY11_LAST_DAY if is_gymnasiearbete else row["valid_to"],
        is_historic=_flag(bool(row["valid_to"])),
    )


def _komvux_name(row: Row) -> str:
    """Return the course's name without a provider's note; sfi codes without a name are read."""
    found = SFI_CODE.fullmatch(row["code"])
    if found and not row["name_sv"]:
        return f"Utbildning i svenska för invandrare kurs {found[1]}, studieväg {found[2]}"
    return PROVIDERS_NOTE.sub("", row["name_sv"])


def _basic_subject(row: Row) -> tuple[str, str]:
    """Return the subject of a national course: letters 4-6 of its code, and its name."""
    code = row["code"][3:6]
    return code, COMBINED_SUBJECTS.get(code) or row["name_sv"].split(", nationell delkurs")[0]


def _course(row: Row, **values: str) -> Row:
    """Return a row of the register: given values first, then the source's, then the usual ones."""
    usual = {"in_adult_education": "1", "is_historic": "0"}
    merged = {**usual, **row, **values}
    if "name_en" not in values:
        merged["name_en"] = ""
    return {column: merged.get(column, "") for column in COURSE_COLUMNS}


def _flag(value: object) -> str:
    """Write yes and no as the files do."""
    return "1" if value else "0"


def _by_code(rows: Iterable[Row]) -> list[Row]:
    """Return the rows in an order that does not depend on their source's."""
    return sorted(rows, key=lambda row: course_key(row["code"]))


def _read(path: Path) -> list[Row]:
    """Return a source's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterable[str], rows: list[Row]) -> str:
    """Write a file of the register and return its line of the table of counts."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return f"| `{path.name}` | {len(rows)} |"


def _digests(sources: Path) -> str:
    """Return the sources' names and SHA-256, so that a rebuild can be compared."""
    names = [*FILES, "gy25_variant_suffixes.csv", "gy11_gy25_pairs.csv"]
    return "\n".join(
        f"| `{name}` | `{hashlib.sha256((sources / name).read_bytes()).hexdigest()}` |"
        for name in sorted(names)
    )


if __name__ == "__main__":
    main()
