"""The steps that lead to a screen: addresses, links, buttons and fields, as a person takes them."""

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.test import RequestFactory
from playwright.sync_api import FilePayload, Page, expect

from provning.operations.logs import REQUEST_ID
from provning.web.errors import server_error
from tests.web.browser import sign_in

Open = Callable[[Page, str], None]


def at(path: str) -> Open:
    """Open an address."""

    def go(page: Page, address: str) -> None:
        page.goto(address + path)

    return go


def through(*steps: Open) -> Open:
    """Take several steps after each other."""

    def go(page: Page, address: str) -> None:
        for step in steps:
            step(page, address)

    return go


def link(name: str, place: int = 0) -> Open:
    """Follow a link by its words, within the page's content."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_role("link", name=re.compile(name)).nth(place).click()

    return go


def button(name: str) -> Open:
    """Press a button by its words, within the page's content."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_role("button", name=name, exact=True).first.click()

    return go


def typed(label: str, text: str) -> Open:
    """Type into the field of a label."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_label(label).first.fill(text)

    return go


def picked(label: str) -> Open:
    """Pick a radio button or mark a checkbox."""

    def go(page: Page, _address: str) -> None:
        page.locator("main").get_by_label(label).first.check()

    return go


def chosen(label: str, text: str) -> Open:
    """Choose another unit or term for the whole program."""

    def go(page: Page, _address: str) -> None:
        page.locator(".context summary").click()
        page.locator(".context").get_by_label(label).select_option(label=text)
        page.locator(".context").get_by_role("button", name="Byt").click()

    return go


def option(text: str) -> Open:
    """Type into the course search and choose the first option by keyboard."""

    def go(page: Page, _address: str) -> None:
        page.get_by_role("combobox", name="Kurs").press_sequentially(text)
        page.get_by_role("listbox").get_by_role("option").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.locator("#name-build .status[data-s=done]").wait_for()

    return go


def grades(*values: str) -> Open:
    """Type grades downwards from the first row."""

    def go(page: Page, _address: str) -> None:
        inputs = page.locator("table.entry tbody input:not([type=hidden])")
        inputs.first.wait_for()
        for row in range(inputs.count()):
            inputs.nth(row).fill(values[row % len(values)])

    return go


def row(text: str) -> Open:
    """Follow the first link of the table row that holds the text."""

    def go(page: Page, _address: str) -> None:
        page.locator("main tbody tr", has_text=text).first.get_by_role("link").first.click()

    return go


def overtaken(page: Page, address: str) -> None:
    """Let somebody else type a grade in the first row of the open sheet."""
    sheet = page.url
    browser = page.context.browser
    assert browser is not None  # noqa: S101 # a page of ours always has one
    other = browser.new_context(locale="sv-SE").new_page()
    sign_in(other, address, "betyg.vux", settings.DEMO_PASSWORD)
    other.goto(sheet)
    other.locator("table.entry tbody input:not([type=hidden])").first.fill("A")
    other.get_by_role("button", name="Spara utkast").click()
    other.wait_for_load_state()
    other.context.close()


def searched(text: str) -> Open:
    """Find a student."""
    return through(at("/elever/"), typed("Personnummer eller namn", text), button("Sök"))


def more_open(page: Page, _address: str) -> None:
    """Open what the menu's row has no room for."""
    page.locator(".app-nav nav summary").click()


def in_english(page: Page, _address: str) -> None:
    """Choose English."""
    page.locator(".app-bar summary").click()
    page.get_by_role("button", name="English").click()


def file(field: str, name: str, text: str) -> Open:
    """Choose a file of this name and text in a field of this name."""

    def go(page: Page, _address: str) -> None:
        content = FilePayload(name=name, mimeType="text/csv", buffer=text.encode())
        page.locator(f"[type=file][name={field}]").set_input_files(content)

    return go


def arrived(end: str) -> Open:
    """Wait for a page whose address ends so: what was typed is saved before it is left."""

    def go(page: Page, _address: str) -> None:
        page.wait_for_url(f"**{end}*")

    return go


def done(page: Page, _address: str) -> None:
    """Wait until the demo's worker has carried out what was ordered."""
    page.locator("[data-progress]").wait_for(state="detached", timeout=30_000)


def under(part: str) -> Open:
    """Open an address that lies under the page's own."""

    def go(page: Page, _address: str) -> None:
        page.goto(urljoin(page.url, part))

    return go


def in_area(area: str, other: str) -> Open:
    """Open what another area has about the same person."""

    def go(page: Page, _address: str) -> None:
        page.goto(page.url.replace(f"/{area}/", f"/{other}/"))

    return go


def settled(page: Page, _address: str) -> None:
    """Wait until everything that was sent has been answered."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-s=saving]")).to_have_count(0)


def failed(page: Page, address: str) -> None:
    """Show what is answered when the program itself has failed; nothing can be made to fail."""
    REQUEST_ID.set("4f0c2a9b1d7e")
    told = server_error(RequestFactory().get("/")).content.decode()
    page.route(f"{address}/", lambda route: route.fulfill(status=500, body=told))
    page.goto(f"{address}/")


def confirmed(page: Page, _address: str) -> None:
    """Show anew that it is you, and come to the page that asked for it."""
    page.locator("main").get_by_label("Ditt lösenord").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="Bekräfta med lösenordet").click()
    page.wait_for_load_state()


def second_step(username: str) -> Open:
    """Sign in as far as the second step, which the account is given the first time."""

    def go(page: Page, address: str) -> None:
        _enter(page, address, username)
        if urlsplit(page.url).path == "/":
            _add_app(page, address)
            page.context.clear_cookies()
            _enter(page, address, username)

    return go


def _enter(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/logga-in/")
    page.get_by_label("Användarnamn").fill(username)
    page.get_by_label("Lösenord").fill(settings.DEMO_PASSWORD)
    page.get_by_role("button", name="Logga in").click()
    page.wait_for_load_state()


def _add_app(page: Page, address: str) -> None:
    # Here, since it reads the settings when it is imported.
    from allauth.mfa.totp.internal.auth import (
        format_hotp_value,
        hotp_value,
        yield_hotp_counters_from_time,
    )

    page.goto(f"{address}/konto/app/")
    confirmed(page, address)
    secret = page.locator("main code").first.inner_text().replace(" ", "")
    now = next(yield_hotp_counters_from_time())
    page.locator("main").get_by_label("Kod").fill(format_hotp_value(hotp_value(secret, now)))
    page.get_by_role("button", name="Lägg till appen").click()
    page.wait_for_load_state()
