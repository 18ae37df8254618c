"""Chromium for tests: started when it is there, and the checks that every screen has to pass."""

import os
import shutil
from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.require import required

# The shell draws no window around the page, which takes half as long.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# What costs each page a process of its own and is never looked at: the address bar's two lists,
# and a process made ready for a page that nobody has asked for. Chromium heeds the last such list
# alone, so what Playwright turns off, and what could reach a test, is said again.
NOT_NEEDED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
# No page lives long enough to give back what it costs to make its script quicker.
UNHURRIED = "--js-flags=--no-opt --no-maglev"
# The pages of a profile all come from the test server, and share a process.
TOGETHER = ("--disable-site-isolation-trials", "--renderer-process-limit=1")
SWITCHES = (
    "--no-sandbox",
    "--disable-gpu",
    *TOGETHER,
    f"--disable-features={','.join(NOT_NEEDED)}",
    UNHURRIED,
)
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, object] = {"type": "tag", "values": LEVELS}
COLOURS: dict[str, object] = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# Only what is wrong comes back: all that is right is forty thousand characters for each page.
ASK = """async options => (await axe.run(options)).violations.map(
    each => `${each.id}: ${each.nodes[0].html.slice(0, 200)}`)"""
NARROW = 320


def chromium() -> Iterator[Browser]:
    """Start Chromium from PROVNING_CHROMIUM or the PATH, and stop it."""
    path = os.environ.get("PROVNING_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    required(path, "Chromium is missing: install chromium-headless-shell")
    # Playwright runs a loop in this thread, so Django would refuse its database calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    """Sign in as a person does, and arrive at the overview."""
    page.goto(f"{address}/logga-in/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_url(f"{address}/")


def give_session(page: Page, address: str, username: str) -> None:
    """Let the browser have the session of somebody who has signed in; no page is opened."""
    # Here, so that a tool may use the rest of this module before the program is set up.
    from provning.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])


def faults_in_every_look(page: Page, *, narrow: bool = True) -> list[str]:
    """Return what is wrong with the page as it stands, in any theme or width.

    Every rule is asked in the light theme. The dark one is colours alone, and no colour depends on
    the width (tests of the style sheets see to both), so only the rules that read colours are asked
    there, in the wide window. Without `narrow` the narrow window is judged only by whether it
    scrolls sideways.
    """
    page.wait_for_load_state()
    found = []
    for width in at_widths(page):
        if scrolls_sideways(page):
            found.append(f"{width} pixels: scrolls sideways")
        if narrow or width != NARROW:
            found += [f"{width} pixels: {fault}" for fault in accessibility_faults(page)]
    for _theme in in_dark(page):
        found += [f"dark: {fault}" for fault in accessibility_faults(page, COLOURS)]
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


def in_dark(page: Page) -> Iterator[None]:
    """Show the page dark, and then light again."""
    page.emulate_media(color_scheme="dark")
    yield
    page.emulate_media(color_scheme="light")


def at_widths(page: Page, *widths: int) -> Iterator[int]:
    """Show the page in windows of several widths."""
    for width in widths or (NARROW, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        yield width
