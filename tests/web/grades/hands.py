"""Somebody at the grade sheet in a real browser, already signed in."""

from collections.abc import Iterable

from django.test import Client
from playwright.sync_api import BrowserContext, CDPSession, Locator, Page, expect

PASTE = """([input, text]) => {
    const data = new DataTransfer();
    data.setData("text", text);
    const pasted = new ClipboardEvent("paste",
        { clipboardData: data, bubbles: true, cancelable: true });
    input.dispatchEvent(pasted);
}"""
COUNTED = """
    window.pressed = 0;
    addEventListener("keydown", (event) => (window.pressed += event.isTrusted), true);
"""
LOST = "document.activeElement === document.body || document.activeElement === null"


class Hands:
    """A person with a browser of their own on the sheet of the desk's group.

    `scripts` says whether the profile runs any.
    """

    def __init__(
        self, context: BrowserContext, address: str, client: Client, *, scripts: bool = True
    ) -> None:
        """Open a page of the profile with the client's session."""
        self.context, self.address, self.scripts = context, address, scripts
        self.signed_in_as(client)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.add_init_script(COUNTED)
        self.faults: list[str] = []
        self.devtools: CDPSession | None = None
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def signed_in_as(self, client: Client) -> None:
        """Take over the session of a client that has signed in."""
        key = client.cookies["provning_session"].value
        self.context.add_cookies([{"name": "provning_session", "value": key, "url": self.address}])

    def network(self, *, there: bool) -> None:
        """Cut this page off from the network, or let it back."""
        self.devtools = self.devtools or self.context.new_cdp_session(self.page)
        told = {
            "offline": not there,
            "latency": 0,
            "downloadThroughput": -1,
            "uploadThroughput": -1,
        }
        self.devtools.send("Network.emulateNetworkConditions", told)

    def open(self, path: str) -> "Hands":
        """Open a page, and wait until its modules have started."""
        self.page.goto(f"{self.address}{path}")
        if self.scripts:
            self.page.wait_for_selector("html[data-started]", state="attached")
        return self

    def field(self, place: int) -> Locator:
        """Return the grade field of a row, the first is 0."""
        return self.page.locator(".entry tbody tr").nth(place).get_by_role("textbox")

    def values(self) -> list[str]:
        """Return what stands in the fields."""
        fields = self.page.locator('.entry input[name^="grade-"]')
        return [str(each) for each in fields.evaluate_all("all => all.map((one) => one.value)")]

    def state(self, place: int) -> Locator:
        """Return the cell that says how a row stands."""
        return self.page.locator(".entry tbody tr").nth(place).locator("td").last

    def type_down(self, values: Iterable[str]) -> None:
        """Type grades from where the focus is, Enter after each."""
        for value in values:
            self.page.keyboard.press(value)
            self.page.keyboard.press("Enter")

    def paste(self, place: int, text: str) -> Locator:
        """Paste into a row's field, and return the dialog that opens."""
        self.field(place).focus()
        self.page.evaluate(PASTE, [self.field(place).element_handle(), text])
        dialog = self.page.locator("dialog[open]")
        expect(dialog).to_be_visible()
        return dialog

    def tally(self, text: str) -> None:
        """Expect what the live region says."""
        expect(self.page.locator("[data-tally]")).to_have_text(text)

    @property
    def focus_is_lost(self) -> bool:
        """Say whether nothing on the page has focus."""
        return bool(self.page.evaluate(LOST))

    @property
    def pressed(self) -> int:
        """Return how many keys have been pressed on the page."""
        count: int = self.page.evaluate("window.pressed")
        return count
