"""A theme is colours alone: what is judged in the light one holds in the dark one but for colours.

`tests/web/browser.py` builds on it. `light-dark()` gives nothing but a colour, and follows
`color-scheme`, which is all that a theme sets.
"""

import re

from provning.config.settings import PACKAGE_DIR

STYLES = sorted((PACKAGE_DIR / "web" / "static").rglob("*.css"))
OF_A_THEME = re.compile(r'[^{}]*\[data-theme="[^{}]*\{([^{}]*)\}')


def test_no_style_asks_which_theme_is_shown() -> None:
    assert len(STYLES) >= 3
    assert [path.name for path in STYLES if "prefers-color-scheme" in path.read_text("utf-8")] == []


def test_a_theme_sets_the_scheme_of_colours_and_nothing_else() -> None:
    said = [rule.strip() for path in STYLES for rule in OF_A_THEME.findall(path.read_text("utf-8"))]
    assert said == ["color-scheme: light;", "color-scheme: dark;"]
