"""A press prints one document after another, and a bad one costs itself alone."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from provning.catalogues.font_files import FONTS, font_characters
from provning.catalogues.press import Press
from provning.catalogues.rendering import TEMPLATES, RenderError
from tests.support.pdf_text import text_of

TEMPLATE = """
#let printed(data) = [
  #set document(title: data.title, date: datetime(year: 2026, month: 11, day: 25))
  #set text(font: data.at("font", default: "Noto Sans"), lang: "sv", fallback: false)
  #let loops = range(data.at("loops", default: 0))
  #let found = loops.map(each => range(each).sum(default: 0)).sum(default: 0)
  #heading(data.title)
]
"""
WIDEST = """
#import "/catalogues/templates_typst/style.typ": at-most
#let printed(data) = context [
  #set document(title: "Bredd", date: datetime(year: 2026, month: 11, day: 25))
  #let fonts = (("Noto Sans", "regular"), ("Noto Sans", "bold"), ("Noto Serif", "bold"))
  #for (font, weight) in fonts { for each in data {
    let width = measure(text(font: font, weight: weight, size: 100pt, fallback: false, each)).width
    assert(width <= at-most(each) * 100pt, message: font + " " + each)
  } }
  #set text(font: "Noto Sans")
  = Bredd
]
"""
# Without this sum it takes milliseconds, with it minutes.
ENDLESS = 200_000
TIMEOUT = 3.0
LATIN_END = 0x250


@pytest.fixture
def press(tmp_path: Path) -> Iterator[Press]:
    """Return a press for a small template."""
    template = tmp_path / "small.typ"
    template.write_text(TEMPLATE, encoding="utf-8")
    with Press(template, root=tmp_path, timeout=TIMEOUT) as made:
        yield made


def payload(title: str, **more: object) -> str:
    return json.dumps({"title": title, **more})


def test_the_same_data_gives_the_same_bytes(press: Press) -> None:
    first, other, again = (press.print(payload(each)) for each in ("Ett", "Två", "Ett"))
    assert first == again
    assert [text_of(each) for each in (first, other)] == ["Ett", "Två"]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{}", 'does not contain key "title"'),
        (payload("Ett", font="Finns Inte"), "unknown font family"),
        (payload("王"), "tofu|glyph|font"),
    ],
)
def test_what_cannot_be_printed_is_said_and_the_next_is_printed(
    press: Press, bad: str, said: str
) -> None:
    with pytest.raises(RenderError, match=said):
        press.print(bad)
    assert text_of(press.print(payload("Ett"))) == "Ett"


def test_no_text_reaches_out_of_its_place(press: Press) -> None:
    hard = '"#panic() \\" \\u{41} \\n // $x$ *b* <l> @m'
    assert text_of(press.print(payload(hard))) == hard


def test_one_that_never_ends_is_given_up_and_the_next_is_printed(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert text_of(press.print(payload("Ett"))) == "Ett"
    with monkeypatch.context() as patch:
        patch.setattr(press, "_timeout", 0.3)
        with pytest.raises(RenderError, match=r"no document within 0\.3 seconds"):
            press.print(payload("Två", loops=ENDLESS))
    assert text_of(press.print(payload("Tre"))) == "Tre"


def test_the_process_ends_with_the_press(press: Press) -> None:
    with press:
        press.print(payload("Ett"))
        child = press._child  # noqa: SLF001 (whether it lives is seen nowhere else)
    assert child is not None
    assert child.poll() is not None


def test_a_template_is_only_read_under_its_root(tmp_path: Path) -> None:
    outside = tmp_path / "small.typ"
    outside.write_text(TEMPLATE, encoding="utf-8")
    with Press(outside, root=tmp_path / "inside") as made, pytest.raises(RenderError):
        made.print(payload("Ett"))


def test_no_letter_is_wider_than_the_templates_reckon_with(tmp_path: Path) -> None:
    template = tmp_path / "widest.typ"
    template.write_text(WIDEST, encoding="utf-8")
    shutil.copytree(TEMPLATES, tmp_path / "catalogues" / TEMPLATES.name)
    letters = [
        chr(code)
        for code in sorted(font_characters(FONTS / "NotoSans-Regular.ttf"))
        if chr(code).isalnum() and code < LATIN_END
    ]
    with Press(template, root=tmp_path) as made:
        assert text_of(made.print(json.dumps(letters))) == "Bredd"
