"""Every page tells the browser to load nothing but our own files, and to keep no copy."""

import re
from pathlib import Path

import pytest
from django.test import Client

import provning.web

WEB = Path(provning.web.__file__).parent
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MODULES = sorted((WEB / "static" / "js").glob("*.js"))
ON_EVERY_PAGE = (
    "tokens.css",
    "base.css",
    "frame.css",
    "controls.css",
    "marks.css",
    "lists.css",
    "utilities.css",
    "logo.svg",
    "js/main.js",
)
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE
)


@pytest.mark.django_db
def test_a_page_may_load_only_our_own_files_and_stand_in_no_frame() -> None:
    headers = Client().get("/logga-in/").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_no_copy_of_a_page_is_kept() -> None:
    assert Client().get("/logga-in/").headers["Cache-Control"] == "no-store"


def test_no_template_holds_script_or_style() -> None:
    found = {path: INLINE.findall(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert len(found) > 100
    assert {path: inline for path, inline in found.items() if inline} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 120


def test_what_a_page_loads_of_ours_is_under_60_kb_with_every_module() -> None:
    files = [WEB / "static" / name for name in ON_EVERY_PAGE]
    weight = sum(path.stat().st_size for path in {*files, *MODULES})
    assert weight < 60_000


def test_what_every_page_loads_of_ours_is_under_50_kb() -> None:
    assert sum((WEB / "static" / name).stat().st_size for name in ON_EVERY_PAGE) < 50_000
