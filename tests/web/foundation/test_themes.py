"""A theme is colours alone, and a width is none: what is judged in one look holds in the others.

`tests/web/browser.py` builds on it. `light-dark()` gives nothing but a colour, and follows
`color-scheme`, which is all that a theme sets.
"""

import re

from provning.config.settings import PACKAGE_DIR

STYLES = sorted((PACKAGE_DIR / "web" / "static").rglob("*.css"))
# To the end of the line where the block is short, else to the brace at its layer's margin.
OF_A_WIDTH = re.compile(
    r"@media [^{]*-width[^{]*\{(?:[^\n]*\}$|.*?^  \})", re.MULTILINE | re.DOTALL
)
COLOUR = re.compile(r"[{;]\s*((?:[a-z-]*color|background|outline|opacity)\s*:[^;}]*)")
OF_A_THEME = re.compile(r'[^{}]*\[data-theme="[^{}]*\{([^{}]*)\}')


def test_no_style_asks_which_theme_is_shown() -> None:
    assert len(STYLES) >= 3
    assert [path.name for path in STYLES if "prefers-color-scheme" in path.read_text("utf-8")] == []


def test_a_theme_sets_the_scheme_of_colours_and_nothing_else() -> None:
    said = [rule.strip() for path in STYLES for rule in OF_A_THEME.findall(path.read_text("utf-8"))]
    assert said == ["color-scheme: light;", "color-scheme: dark;"]


def test_a_width_sets_no_colour_that_the_page_does_not_have_already() -> None:
    blocks = [each for path in STYLES for each in OF_A_WIDTH.findall(path.read_text("utf-8"))]
    said = sorted(colour for block in blocks for colour in COLOUR.findall(block))
    assert len(blocks) >= 10
    assert said == ["background: var(--canvas)", "color: var(--ink-2)"]
