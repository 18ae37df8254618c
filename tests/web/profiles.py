"""Profiles of Chromium, each used by one person after another and emptied between them.

To begin a profile takes as long as to load two pages. Nothing of the last person is left: their
pages are closed, and their cookies and what they had stored are gone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext


class Profiles:
    """Gives out the profiles of one browser, and takes them back."""

    def __init__(self, browser: Browser) -> None:
        """Begin with none."""
        self._browser = browser
        self._free: dict[bool, list[BrowserContext]] = {True: [], False: []}

    @contextmanager
    def one(self, address: str, *, scripts: bool = True) -> Iterator[BrowserContext]:
        """Give a profile without pages of its own to whoever visits an address, in Swedish."""
        free = self._free[scripts]
        context = free.pop() if free else self._begun(address, scripts=scripts)
        try:
            yield context
        finally:
            unused, *pages = context.pages
            for page in pages:
                page.close()
            context.clear_cookies()
            unused.evaluate("localStorage.clear()")
            free.append(context)

    def _begun(self, address: str, *, scripts: bool) -> BrowserContext:
        """Begin a profile, with a page that nobody uses: it keeps the process alive for others."""
        context = self._browser.new_context(
            locale="sv-SE",
            viewport={"width": 1280, "height": 900},
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.new_page().goto(f"{address}/static/logo.svg")
        return context
