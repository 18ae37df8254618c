"""Swedish order and search words."""

import re
import unicodedata
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.swedish import (
    prefix_range,
    search_words,
    sort_key,
)

SWEDISH = "abcdefghijklmnopqrstuvwxyzåäö"
texts = st.text(max_size=30)
names = st.text(alphabet=SWEDISH + SWEDISH.upper() + " -éüøłčÓß", max_size=20)


def in_order(*words: str) -> bool:
    """Say whether the words stand in strictly rising order."""
    keys = [sort_key(word) for word in words]
    return all(earlier < later for earlier, later in pairwise(keys))


def test_the_alphabet_ends_in_å_ä_ö() -> None:
    assert in_order(*SWEDISH)


def test_names_stand_as_in_a_swedish_register() -> None:
    assert in_order(
        "Ahl", "Andersson", "Bo Ek", "Bo-Erik", "Boman", "Zetterlund", "Åberg", "Ärlig", "Öberg"
    )


def test_case_does_not_count() -> None:
    assert sort_key("ÅSA") == sort_key("åsa")


def test_an_accent_only_breaks_ties() -> None:
    assert in_order("Jose", "José", "Josef")
    assert in_order("Ida", "Idé", "Ideström")
    assert in_order("E", "É", "E Ek", "E2")


def test_foreign_letters_are_filed_under_swedish_ones() -> None:
    assert in_order("Mybeck", "Müller", "Myra")
    assert in_order("Söder", "Søren", "Sörman")
    assert in_order("Luk", "Łukasz", "Luket")


def test_other_scripts_come_after_ö_in_a_stable_order() -> None:
    assert in_order("Öst", "Ωμέγα", "Иван", "محمد", "王")


def test_composed_and_decomposed_names_have_one_key() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Åsa Örn")) == sort_key("Åsa Örn")


@given(texts)
def test_keys_are_digits_so_every_collation_agrees(text: str) -> None:
    assert re.fullmatch("[0-9]*", sort_key(text), re.ASCII) is not None


@given(st.text(alphabet=SWEDISH, max_size=20))
def test_swedish_letters_take_two_digits_each(text: str) -> None:
    assert len(sort_key(text)) == 2 * len(text)


@given(st.text(alphabet=SWEDISH, max_size=20), st.text(alphabet=SWEDISH, max_size=20))
def test_keys_order_words_as_the_swedish_alphabet_does(one: str, other: str) -> None:
    by_alphabet = [SWEDISH.index(letter) for letter in one] < [
        SWEDISH.index(letter) for letter in other
    ]
    assert (sort_key(one) < sort_key(other)) == by_alphabet


@given(texts, texts)
def test_a_prefix_finds_every_text_that_begins_with_it(start: str, end: str) -> None:
    start = unicodedata.normalize("NFC", start)
    low, high = prefix_range(start)
    whole = unicodedata.normalize("NFC", start + end)
    if whole.startswith(start):
        assert low <= sort_key(whole) < high


@given(st.text(alphabet=SWEDISH, max_size=8), st.text(alphabet=SWEDISH, max_size=12))
def test_a_prefix_finds_nothing_else(start: str, text: str) -> None:
    low, high = prefix_range(start)
    assert (low <= sort_key(text) < high) == text.startswith(start)


def test_a_prefix_without_the_accent_finds_the_name_with_it() -> None:
    low, high = prefix_range("jose")
    assert [name for name in ("José", "Joseph", "Johan") if low <= sort_key(name) < high] == [
        "José",
        "Joseph",
    ]


def test_search_words_keep_å_ä_ö_and_fold_the_rest() -> None:
    assert search_words("Åsa-Märta ÖBERG") == ["åsa", "märta", "öberg"]
    assert search_words("José Müller, O'Brien") == ["jose", "muller", "o", "brien"]
    assert search_words("Matematik 3b (MATMAT03b)") == ["matematik", "3b", "matmat03b"]
    assert search_words("Łukasz Søren") == ["lukasz", "sören"]


def test_search_words_of_decomposed_text_are_the_same() -> None:
    assert search_words(unicodedata.normalize("NFD", "Åsa Öberg")) == ["åsa", "öberg"]


@given(names)
def test_search_words_found_once_are_found_again(text: str) -> None:
    words = search_words(text)
    assert search_words(" ".join(words)) == words
