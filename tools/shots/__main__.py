"""Screenshots of every screen of the demo, light and dark, on a desk and on a telephone.

`./prov shots --out DIR` builds the demo in a folder of its own, serves it and writes
`DIR/NAME-THEME-WIDTH.png`; `--only WORD` takes the screens whose name holds the word,
`--address URL` uses a demo that is already served, `--readme` makes the README's picture anew, and
`--list` only says which pictures there are. Pages that no picture shows are named each time.
"""

import argparse
import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Browser, Page

# The screens' addresses and the tests' browser know the rooms, so they are made ready first.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provning.config.settings")
django.setup()

from tests.web.browser import at_widths, chromium, sign_in  # noqa: E402 # after the rooms
from tools.shots.screens import SHOTS, unseen  # noqa: E402 # which names the browser too
from tools.shots.shot import Shot  # noqa: E402 # as above

DAY = "2026-11-25"
WIDTHS = (1280, 360)
README = Path(__file__).parents[2] / "docs" / "shots" / "overview.png"
README_SHOT = "oversikt-admin"
STARTS_WITHIN = 180
STEP_WITHIN = 15_000


def main() -> int:
    """Shoot every screen; 1 when one of them could not be reached or no picture shows it."""
    options = _options()
    if options.list:
        for shot in SHOTS:
            print(f"{shot.name:<32} {shot.screen}")
        return _named_as("no picture shows", unseen())
    keep: Callable[[Path, str, Page], None]
    if options.readme:
        wanted, keep, where = _named(README_SHOT), _keep_window, README.parent
    else:
        wanted, keep, where = _holding(options.only), _keep_both_ways, options.out
    where.mkdir(parents=True, exist_ok=True)
    served = contextlib.nullcontext(options.address) if options.address else demo()
    with served as address, contextlib.contextmanager(chromium)() as browser:
        missed = [
            shot.name
            for shot in wanted
            if not _shoot(browser, address, shot, partial(keep, where, shot.name))
        ]
    print(f"{len(wanted) - len(missed)} screens in {where}")
    return _named_as("not reached", missed) | _named_as("no picture shows", unseen())


def _named_as(fault: str, names: list[str]) -> int:
    """Say which screens have the fault; 1 when there are any."""
    for name in names:
        print(f"{fault}: {name}", file=sys.stderr)
    return 1 if names else 0


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """Build the demo in a new folder, serve it, yield its address and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="provning-shots-") as folder:
        port = _free_port()
        environment = {
            **os.environ,
            "PROVNING_DATA_DIR": folder,
            "PROVNING_TODAY": os.environ.get("PROVNING_TODAY", DAY),
        }
        command = [sys.executable, "-m", "provning.cli", "demo", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        try:
            yield _answering(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
            server.wait(timeout=60)


def _named(name: str) -> list[Shot]:
    return [shot for shot in SHOTS if shot.name == name]


def _holding(word: str) -> list[Shot]:
    return [shot for shot in SHOTS if word in shot.name]


def _shoot(browser: Browser, address: str, shot: Shot, keep: Callable[[Page], None]) -> bool:
    """Open one screen as its person and keep its pictures."""
    context = browser.new_context(
        locale="sv-SE", viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(STEP_WITHIN)
    try:
        if shot.account:
            sign_in(page, address, shot.account, settings.DEMO_PASSWORD)
        shot.open(page, address)
        _check_place(page, shot)
        keep(page)
    except Exception as error:  # noqa: BLE001 # one screen that fails must not hide the others
        print(f"{shot.name}: {error}", file=sys.stderr)
        return False
    finally:
        context.close()
    return True


def _check_place(page: Page, shot: Shot) -> None:
    """Refuse another page than the one that the picture is of."""
    found = resolve(urlsplit(page.url).path).view_name
    if found != shot.screen:
        raise RuntimeError(f"arrived at {found}, not {shot.screen}")


def _in_both_themes(page: Page) -> Iterator[Literal["light", "dark"]]:
    """Show the page light and then dark."""
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        yield theme


def _keep_window(_out: Path, _name: str, page: Page) -> None:
    """Keep the README's picture: what a window of the first size shows, in the light theme."""
    page.screenshot(path=README)


def _keep_both_ways(out: Path, name: str, page: Page) -> None:
    """Keep the whole page in both themes and widths."""
    for theme in _in_both_themes(page):
        for width in at_widths(page, *WIDTHS):
            # What sticks to the window's edge is at the page's end in a window that holds it all.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=out / f"{name}-{theme}-{width}.png")


def _answering(address: str, server: subprocess.Popen[bytes]) -> str:
    """Return the address when the server answers; the demo is built before it does."""
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up and server.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310 # our own
            return address
        time.sleep(0.3)
    raise RuntimeError("The demo did not start.")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser("prov shots", description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("var/shots"), help="folder for the files")
    parser.add_argument("--only", default="", help="only screens whose name holds this")
    parser.add_argument("--address", default="", help="a demo that is already served")
    parser.add_argument("--readme", action="store_true", help="the picture in docs/shots")
    parser.add_argument("--list", action="store_true", help="only say which pictures there are")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
