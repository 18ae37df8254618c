"""Names as keys: what begins a word finds it, whatever the script and the length."""

from hypothesis import given
from hypothesis import strategies as st

from provning.kernel.swedish import search_words
from provning.people.models import SORT_KEY_LENGTH, WORD_KEY_LENGTH
from provning.people.names import (
    name_sort_key,
    sorted_name,
    spoken_name,
    tidy_name,
    word_keys,
    word_range,
)

NAMES = st.text(max_size=120)


@given(NAMES, NAMES)
def test_keys_fit_their_columns(given_name: str, family_name: str) -> None:
    assert len(name_sort_key(given_name, family_name)) <= SORT_KEY_LENGTH
    keys = word_keys(given_name, family_name)
    assert all(key.isascii() and len(key) <= WORD_KEY_LENGTH for key in keys)
    assert len(set(keys)) == len(keys)


@given(NAMES, st.integers(1, 120))
def test_the_beginning_of_a_word_finds_the_word(name: str, length: int) -> None:
    keys = word_keys(name, "")
    for word in search_words(name):
        low, high = word_range(word[:length])
        assert any(low <= key < high for key in keys)


@given(st.text(alphabet="abcåäö -", max_size=12))
def test_a_tidied_name_stays_as_it_is(name: str) -> None:
    assert tidy_name(tidy_name(name)) == tidy_name(name)


def test_names_are_shown_in_two_ways() -> None:
    assert sorted_name("Åsa", "Öst") == "Öst, Åsa"
    assert spoken_name("Åsa", "Öst") == "Åsa Öst"
    assert (sorted_name("Madonna", ""), spoken_name("", "Suharto")) == ("Madonna", "Suharto")
    assert tidy_name(" A\u030asa\t  Karin ") == "Åsa Karin"
