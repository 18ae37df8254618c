"""Read typed values out of parsed JSON; anything else than what was asked for is a `ValueError`."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

Kind = TypeVar("Kind")


def a_text(data: Mapping[str, object], key: str) -> str:
    """Return a text."""
    value = data.get(key)
    if isinstance(value, str):
        return value
    raise _not(key, "a text")


def a_whole_number(data: Mapping[str, object], key: str) -> int:
    """Return a whole number; true and 1.0 are none."""
    value = data.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise _not(key, "a whole number")


def optional_whole_number(data: Mapping[str, object], key: str) -> int | None:
    """Return a whole number, or None where null stands."""
    return None if data.get(key, "") is None else a_whole_number(data, key)


def a_bool(data: Mapping[str, object], key: str) -> bool:
    """Return true or false."""
    value = data.get(key)
    if isinstance(value, bool):
        return value
    raise _not(key, "true or false")


def a_date(data: Mapping[str, object], key: str) -> date:
    """Return a date written as in ISO 8601."""
    return date.fromisoformat(a_text(data, key))


def texts(data: Mapping[str, object], key: str) -> list[str]:
    """Return a list of texts."""
    found = [each for each in _list(data, key) if isinstance(each, str)]
    return _whole(found, data, key)


def a_mapping(data: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return an object."""
    value = data.get(key)
    if isinstance(value, dict):
        return value
    raise _not(key, "an object")


def optional_mapping(data: Mapping[str, object], key: str) -> Mapping[str, object] | None:
    """Return an object, or None where null stands."""
    return None if data.get(key, "") is None else a_mapping(data, key)


def mappings(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """Return a list of objects."""
    found: list[Mapping[str, object]]
    found = [each for each in _list(data, key) if isinstance(each, dict)]
    return _whole(found, data, key)


def _list(data: Mapping[str, object], key: str) -> list[object]:
    """Return a list of anything."""
    value = data.get(key)
    if isinstance(value, list):
        return value
    raise _not(key, "a list")


def _whole(found: list[Kind], data: Mapping[str, object], key: str) -> list[Kind]:
    """Return what was found, when nothing of another kind stood in the list."""
    if len(found) != len(_list(data, key)):
        raise _not(key, "a list of one kind")
    return found


def _not(key: str, wanted: str) -> ValueError:
    """Say what stands in the wrong place."""
    return ValueError(f"{key} is not {wanted}")
