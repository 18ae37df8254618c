"""The names of audit events; each room registers its own in its `events` module."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EventName:
    """One kind of event: its code and the Swedish sentence it is read as.

    `sentence` is a `str.format` template over the event's `after` and `before` facts.
    """

    code: str
    sentence: str


_NAMES: dict[str, EventName] = {}


def register_event(code: str, sentence: str) -> str:
    """Make an event name known and return its code; raises `ValueError` for another's code."""
    name = EventName(code, sentence)
    if _NAMES.setdefault(code, name) != name:
        message = f"two events are called {code}"
        raise ValueError(message)
    return code


def is_registered(code: str) -> bool:
    """Say whether a room has registered the name."""
    return code in _NAMES


def event_name(code: str) -> EventName:
    """Return the registered name; raises `KeyError` for an unknown code."""
    return _NAMES[code]


def event_names() -> list[EventName]:
    """Return every registered name, by code."""
    return sorted(_NAMES.values(), key=lambda name: name.code)
