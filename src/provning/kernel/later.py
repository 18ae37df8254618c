"""Functions that are known from the start and loaded when they are called.

What a room makes known to the rooms below when the program starts would load most of the program,
for commands that never ask for it.
"""

from importlib import import_module
from typing import Any


def later(module: str, function: str) -> Any:
    """Return a function that calls one of a module, which its first call loads."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return getattr(import_module(module), function)(*args, **kwargs)

    return call
