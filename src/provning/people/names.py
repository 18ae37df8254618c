"""Names: tidied, shown, sorted and searched; pure."""

import unicodedata

from provning.kernel.swedish import prefix_range, search_words, sort_key
from provning.people.models import SORT_KEY_LENGTH, WORD_KEY_LENGTH


def tidy_name(text: str) -> str:
    """Return the name composed and with single spaces; nothing else is changed or cut."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def sorted_name(given_name: str, family_name: str) -> str:
    """Return the name as lists have it: Efternamn, Förnamn; a single name alone."""
    return ", ".join(part for part in (family_name, given_name) if part)


def spoken_name(given_name: str, family_name: str) -> str:
    """Return the name as it is said: Förnamn Efternamn."""
    return " ".join(part for part in (given_name, family_name) if part)


def name_sort_key(given_name: str, family_name: str) -> str:
    """Return the key lists are ordered by, cut to what an index can hold."""
    return sort_key(" ".join(part for part in (family_name, given_name) if part))[:SORT_KEY_LENGTH]


def word_keys(given_name: str, family_name: str) -> list[str]:
    """Return the key of every different word of the name, in no order that matters."""
    words = search_words(f"{given_name} {family_name}")
    return list(dict.fromkeys(word_range(word)[0] for word in words))


def word_range(word: str) -> tuple[str, str]:
    """Return (low, high): the keys of words that begin with the word have low <= key < high."""
    low, high = prefix_range(word)
    return low[:WORD_KEY_LENGTH], low[:WORD_KEY_LENGTH] + high[len(low) :]


def shares_a_word(one: str, other: str) -> bool:
    """Say whether two names have a word in common; an empty name has nothing against any."""
    words, others = set(search_words(one)), set(search_words(other))
    return not words or not others or bool(words & others)
