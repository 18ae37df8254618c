"""By which words a course is found, and what a person's typing asks for."""

from provning.kernel.group_names import name_part, naming_rule_for
from provning.kernel.swedish import prefix_range, search_words, sort_key

MAX_WORDS = 8


def course_words(code: str, name: str, subject_name: str) -> list[str]:
    """Return the keys of a course's words: code, its part in group names, name and subject."""
    part = name_part(code, naming_rule_for(code))
    return sorted({sort_key(word) for word in search_words(f"{code} {part} {name} {subject_name}")})


def asked_ranges(text: str) -> list[tuple[str, str]]:
    """Return (low, high) for each different word typed: a course has a word in every range."""
    words = dict.fromkeys(search_words(text))
    return [prefix_range(word) for word in list(words)[:MAX_WORDS]]
