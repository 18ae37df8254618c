"""Chromium for tests: started when it is there, and the checks that every screen has to pass."""

import os
import shutil
from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.require import required

NAMES = ("chromium", "chromium-browser", "google-chrome")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, object] = {"type": "tag", "values": LEVELS}
COLOURS: dict[str, object] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES = {"light": EVERY_RULE, "dark": COLOURS}
# Only what is wrong comes back: all that is right is forty thousand characters for each page.
ASK = """async options => (await axe.run(options)).violations.map(
    each => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`)"""
NARROW = 320


def chromium() -> Iterator[Browser]:
    """Start Chromium from PROVNING_CHROMIUM or the PATH, and stop it."""
    path = os.environ.get("PROVNING_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    required(path, "Chromium is missing: install the package chromium")
    # Playwright runs a loop in this thread, so Django would refuse its database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    """Sign in as a person does, and arrive at the overview."""
    page.goto(f"{address}/logga-in/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(f"{address}/")


def faults_in_every_look(page: Page, *, narrow: bool = True) -> list[str]:
    """Return what is wrong with the page as it stands, in any theme or width.

    Every rule is asked in the light theme. The dark one is colours alone (a test of the style
    sheets sees to it), so only the rules that read colours are asked there. Without `narrow` the
    narrow window is judged only by whether it scrolls sideways.
    """
    found = []
    for width in at_widths(page):
        if scrolls_sideways(page):
            found.append(f"{width} pixels: scrolls sideways")
        if narrow or width != NARROW:
            for theme in in_both_themes(page):
                faults = accessibility_faults(page, RULES[theme])
                found += [f"{width} pixels, {theme}: {fault}" for fault in faults]
    return found


def accessibility_faults(page: Page, rules: dict[str, object] = EVERY_RULE) -> list[str]:
    """Return what breaks WCAG 2.2 AA on the page, one line per rule with the first element."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    found: list[str] = page.evaluate(ASK, options)
    return found


def scrolls_sideways(page: Page) -> bool:
    """Say whether the page is wider than its window."""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def in_both_themes(page: Page) -> Iterator[str]:
    """Show the page light and then dark."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        yield theme


def at_widths(page: Page, *widths: int) -> Iterator[int]:
    """Show the page in windows of several widths."""
    for width in widths or (NARROW, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        yield width
