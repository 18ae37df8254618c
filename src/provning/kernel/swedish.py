"""Swedish order, search words and month names that do not depend on any locale."""

import unicodedata
from functools import lru_cache

# Every code is digits only, so bytes and any locale's collation agree on the order.
END = "00"
SPACE = "10"
DASH = "11"
OTHER_SIGN = "12"
OTHER_LETTER = "59"
PLAIN = "10"
AFTER_ALL = "zz"
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
CODES = {
    **{digit: f"2{digit}" for digit in "0123456789"},
    **{letter: str(30 + place) for place, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")},
}
# What most texts are made of: none of it has an accent.
COMMON = {**CODES, " ": SPACE, "-": DASH}
# Foreign letters under the Swedish letter they are filed with (as in CLDR's Swedish order).
FILED_AS = {
    "æ": "ä", "ø": "ö", "ő": "ö", "œ": "ö", "ü": "y", "ű": "y", "þ": "th",
    "ð": "d", "đ": "d", "ł": "l", "ħ": "h", "\u0131": "i", "ŧ": "t",
}  # fmt: skip
TYPED_AS = {**FILED_AS, "ü": "u", "ű": "u"}

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def sort_key(text: str) -> str:
    """Return a key of ASCII digits whose plain order is the Swedish order of the texts.

    Case does not count; é is filed with e and comes after it only when all else is equal. Two
    digits stand for each Swedish letter, so the key of a text without accents begins the key of
    every text that it begins.
    """
    characters = _lower(text)
    if COMMON.keys() >= set(characters):
        return "".join(map(COMMON.__getitem__, characters))
    accents = list(map(_accent, characters))
    while accents and accents[-1] == PLAIN:
        accents.pop()
    primary = _primary(characters)
    return primary + END + "".join(accents) if accents else primary


def prefix_range(text: str) -> tuple[str, str]:
    """Return (low, high): texts that begin with the text have low <= key < high; é counts as e."""
    low = _primary(_lower(text))
    return low, low + AFTER_ALL


def search_words(text: str) -> list[str]:
    """Return the words people search by: lower case, accents folded, å ä ö kept."""
    return "".join(map(_typed, _lower(text))).split()


def _lower(text: str) -> str:
    """Return the text composed and without case."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _folded(character: str, foreign: dict[str, str]) -> str:
    """Return the letters a character counts as; an accent alone counts as nothing."""
    if character in CODES:
        return character
    if character in foreign:
        return foreign[character]
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(foreign.get(part, part) for part in parts if not unicodedata.combining(part))


def _primary(characters: str) -> str:
    """Return the codes of the letters, accents left out."""
    return "".join(map(_filed, characters))


# A register has hundreds of thousands of characters, and a hundred different ones.
@lru_cache(maxsize=1024)
def _filed(character: str) -> str:
    """Return the codes of the letters that a character is filed as."""
    return "".join(map(_code, _folded(character, FILED_AS)))


@lru_cache(maxsize=1024)
def _typed(character: str) -> str:
    """Return the letters that a character is searched by, or a blank."""
    letters = _folded(character, TYPED_AS)
    return "".join(letter if _in_word(letter) else " " for letter in letters)


def _code(letter: str) -> str:
    """Return a letter's place: signs, digits, a-ö, then every other letter by its code point."""
    if letter in CODES:
        return CODES[letter]
    if letter in DASHES:
        return DASH
    if letter.isspace():
        return SPACE
    return f"{OTHER_LETTER if _in_word(letter) else OTHER_SIGN}{ord(letter):08d}"


@lru_cache(maxsize=1024)
def _accent(character: str) -> str:
    """Return what tells a character from the letter it is filed as, to break ties with."""
    return PLAIN if _folded(character, FILED_AS) == character else f"2{ord(character):07d}"


def _in_word(character: str) -> bool:
    """Say whether a character belongs to a word: a letter, a digit or a vowel sign."""
    return unicodedata.category(character)[0] in "LNM"
