"""What the libraries do for every test that no test here has use for."""

from typing import Any

from django.test import client
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants

KEEP_RENDERED = client.store_rendered_templates  # type: ignore[attr-defined] # not in the stubs
NO_CONSTANTS = Constants()


def lighten() -> None:
    """Let the libraries do less; there is no setting for either."""
    client.store_rendered_templates = keep_page  # type: ignore[attr-defined] # as above
    providers._get_local_constants = no_constants  # noqa: SLF001 # called for every example


def keep_page(store: dict[str, Any], *said: Any, **more: Any) -> None:
    """Keep what a page was made from, and not again for each of the hundred pieces of it."""
    if not store.get("context"):
        KEEP_RENDERED(store, *said, **more)


def no_constants() -> Constants:
    """Let no property look for numbers and words in our own files.

    Hypothesis would read and parse each of a thousand files for them in every process, which takes
    seven seconds the first time. What a property is to meet stands in its strategies.
    """
    return NO_CONSTANTS
