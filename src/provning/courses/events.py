"""The names of what happens to the course register."""

from provning.audit.registry import register_event

REGISTER_LOADED = register_event(
    "register_loaded",
    "Kursregistret lästes in: {created} nya, {changed} ändrade, {retired} utgångna.",
)
