"""A person who has a keyboard and nothing else."""

import re
from datetime import date

from playwright.sync_api import Locator, Page, expect

FARTHEST = 150
STEPS = 15
ORDERS = ("%m%d%Y", "%d%m%Y", "%Y%m%d")
FOCUSED = "elements => elements.indexOf(document.activeElement)"
AT_THE_TOP = """element => document.activeElement === document.body
    && element.closest("main") !== null"""


class Keyboard:
    """Finds things by Tab, as their names are read out, and acts by keys; never by mouse."""

    def __init__(self, page: Page) -> None:
        """Keep the page, which `sign_out` leaves to others."""
        self.page, self.left = page, False

    def tab_to(self, role: str, name: str | re.Pattern[str]) -> Locator:
        """Press Tab until the thing with the role and name has focus, and return it."""
        exact = isinstance(name, str)
        # Playwright names the roles one by one; here they come from the test's own words.
        wanted = self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type] # any role by its name
        return self._tab_until_in(wanted, f"the {role} {name!r}")

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Go to a link and press Enter."""
        self._leave_by(self.tab_to("link", name))

    def press(self, name: str | re.Pattern[str]) -> None:
        """Go to a button and press Enter."""
        self._leave_by(self.tab_to("button", name))

    def type(self, label: str | re.Pattern[str], text: str, role: str = "textbox") -> None:
        """Go to a field and type."""
        self.tab_to(role, label)
        self.page.keyboard.type(text)

    def search(self, text: str) -> None:
        """Use the search that every page has at Ctrl+K once its scripts have started."""
        self._wait_for_the_scripts()
        self.page.keyboard.press("Control+k")
        expect(self.page.get_by_role("searchbox").first).to_be_focused()
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type_password(self, label: str, password: str) -> None:
        """Go to a password field, which has no role and is found by its label, and type."""
        self._tab_until_in(self.page.get_by_label(label, exact=True), label)
        self.page.keyboard.type(password)

    def pick(self, label: str, text: str) -> None:
        """Go to a list, and step with the arrows until the option that holds the text is chosen."""
        chosen = self.tab_to("combobox", label)
        count = chosen.locator("option").count()
        self.page.keyboard.press("Home")
        for _step in range(count):
            if text in str(chosen.evaluate("list => list.selectedOptions[0].text")):
                return
            self.page.keyboard.press("ArrowDown")
        message = f"{label} has no option {text!r}"
        raise AssertionError(message)

    def search_option(self, label: str, text: str) -> None:
        """Type into a combobox and choose the first of its options."""
        self.type(label, text, role="combobox")
        first = self.page.get_by_role("listbox").get_by_role("option").first
        expect(first).to_contain_text(text, ignore_case=True)
        self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")

    def mark(self, name: str | re.Pattern[str]) -> None:
        """Go to a group of radio buttons and step with the arrows to the one with the name."""
        wanted = self.page.get_by_role("radio", name=name, exact=isinstance(name, str)).first
        self.tab_to("radio", re.compile(""))
        for _step in range(FARTHEST):
            if wanted.evaluate_all(FOCUSED) == 0:
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        expect(wanted).to_be_checked()

    def type_day(self, label: str, day: date) -> None:
        """Go to a date field and type the day in the order that this browser's language has."""
        # A date field has no role; it is found by its label.
        field = self._tab_until_in(self.page.get_by_label(label, exact=True), label)
        for order in ORDERS:
            for key in ("ArrowLeft", "ArrowLeft"):
                self.page.keyboard.press(key)
            self.page.keyboard.type(day.strftime(order))
            if field.input_value() == day.isoformat():
                return
        message = f"{label} does not take {day}"
        raise AssertionError(message)

    def unfold(self, text: str) -> None:
        """Open what is folded under a line, whose head has no role of its own."""
        self._tab_until_in(self.page.locator("main summary", has_text=text), text)
        self.page.keyboard.press("Enter")

    def sign_out(self) -> None:
        """Open the menu under one's own name, and leave by it."""
        # The head of a menu has no role of its own; it stands alone in the bar.
        self._tab_until_in(self.page.locator(".app-bar summary"), "the account's menu")
        self.page.keyboard.press("Enter")
        self.press("Logga ut")
        expect(self.page.get_by_role("button", name="Logga in")).to_be_visible()
        self.left = True

    def _tab_until_in(self, wanted: Locator, what: str) -> Locator:
        self._wait_for_the_scripts()
        # To find things by role is slow, so not at every step; the page may change.
        elements = wanted.element_handles()
        if not elements:
            wanted.first.wait_for(state="attached")
            elements = wanted.element_handles()
        if elements[0].evaluate(AT_THE_TOP):
            self._skip_the_menu()
        for step in range(1, FARTHEST + 1):
            if step % STEPS == 0:
                elements = wanted.element_handles()
            self.page.keyboard.press("Tab")
            place = self.page.evaluate(FOCUSED, elements)
            if place >= 0:
                return wanted.nth(place)
        message = f"Tab never reaches {what}"
        raise AssertionError(message)

    def _wait_for_the_scripts(self) -> None:
        self.page.wait_for_selector("html[data-started]", state="attached")

    def _skip_the_menu(self) -> None:
        """Jump to the page's content, as the page itself offers whoever enters it by Tab."""
        self.page.keyboard.press("Tab")
        expect(self.page.get_by_role("link", name="Hoppa till innehållet")).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main")).to_be_focused()

    def _leave_by(self, thing: Locator) -> None:
        expect(thing).to_be_focused()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
