"""Course codes: compared without case, in one Unicode form."""

import csv
import unicodedata

from provning.kernel.course_codes import course_key, last_part, level_variant
from tests.support.shared import shared_file


def test_codes_are_compared_without_case_and_spaces_around() -> None:
    assert course_key(" MATMAT02B ") == course_key("matmat02b") == course_key("MATMAT02b")


def test_composed_and_decomposed_letters_are_the_same_code() -> None:
    assert course_key(unicodedata.normalize("NFD", "FÖRFÖR01")) == course_key("förför01")


def test_the_last_part_is_the_code_without_its_subject_in_upper_case() -> None:
    assert last_part("MATMAT03b") == "MAT03B"
    assert last_part(unicodedata.normalize("NFD", "förför01")) == "FÖR01"


def test_the_last_part_agrees_with_the_whole_register() -> None:
    with shared_file("courses_gy11.csv").open(encoding="utf-8") as file:
        wrong = [
            row["code"]
            for row in csv.DictReader(file)
            if last_part(row["code"]) != row["group_part"]
        ]
    assert wrong == []


def test_a_level_code_ends_in_its_language_or_instrument() -> None:
    codes = ("MODY1000XFRA", "mody1000xfra", "MATO2000X", "MATMAT03b")
    assert [level_variant(each) for each in codes] == ["FRA", "FRA", "", ""]
