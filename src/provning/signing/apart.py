"""Work of the signature library, which starts an event loop of its own, away from any other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
Result = TypeVar("Result")


def apart(work: Callable[P, Result]) -> Callable[P, Result]:
    """Let a function do its work in a thread of its own, whatever loop runs where it is called.

    It sees the caller's language and other context; what it raises is raised to the caller.
    """

    @wraps(work)
    def done(*args: P.args, **kwargs: P.kwargs) -> Result:
        context = copy_context()
        with ThreadPoolExecutor(max_workers=1) as thread:
            return thread.submit(lambda: context.run(work, *args, **kwargs)).result()

    return done
