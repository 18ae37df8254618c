"""Templates say nothing that is not translated."""

import re
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

from tools.python_source import PACKAGE, ROOT

FOR_DEVELOPERS = {"showcase.html"}
TEMPLATES = sorted(
    path
    for path in (PACKAGE / "web" / "templates").rglob("*.html")
    if path.name not in FOR_DEVELOPERS
)
SAID_ATTRIBUTES = {"alt", "aria-label", "aria-description", "placeholder", "title", "summary"}
UNSAID_ELEMENTS = {"kbd", "script", "style"}  # keys are called what is printed on them
LEAD_LAST = '{% page_head "x" %}<a>y</a>{% endpage_head %}\n<p class="lead">z</p>'
LETTERS = re.compile(r"[^\W\d_]{2,}")
# The product and the languages are called the same in every language.
NAMES = {"Prövning", "Svenska", "English"}


class Reader(HTMLParser):
    """Collect what a reader or a screen reader meets."""

    def __init__(self) -> None:
        """Start with nothing said."""
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note attributes that are read out."""
        self.silent += tag in UNSAID_ELEMENTS
        self.said += [value or "" for name, value in attrs if name in SAID_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        """End what is not read out."""
        self.silent -= tag in UNSAID_ELEMENTS

    def handle_data(self, data: str) -> None:
        """Note text."""
        if not self.silent:
            self.said.append(data)


def untranslated(source: str) -> list[str]:
    """Return the words of a template that stand outside translate and blocktranslate."""
    reader, translated = Reader(), False
    plain = []
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            translated = {"blocktranslate": True, "endblocktranslate": False}.get(word, translated)
        elif token.token_type == TokenType.TEXT and not translated:
            plain.append(token.contents)
    reader.feed(" ".join(plain))
    words = [text.strip(" –\n") for text in reader.said if LETTERS.search(text)]
    return [text for text in words if text not in NAMES]


def test_a_template_says_nothing_untranslated() -> None:
    said = {path.relative_to(ROOT): untranslated(path.read_text("utf-8")) for path in TEMPLATES}
    assert len(said) > 100
    assert {path: words for path, words in said.items() if words} == {}


def test_what_is_looked_for_is_found() -> None:
    source = """<a title="Öppna" href="{% url 'x' %}">Grupp {{ name }}</a>{% translate "Elev" %}
    {% blocktranslate %}Sök {{ x }}{% endblocktranslate %}<style>body {}</style>"""
    assert untranslated(source) == ["Öppna", "Grupp"]


def test_the_lead_of_a_page_comes_before_its_actions() -> None:
    after = re.compile(r"{% page_head [^%]*%}.+?{% endpage_head %}\s*<p class=\"lead")
    found = [path.name for path in TEMPLATES if after.search(path.read_text("utf-8"))]
    assert (found, bool(after.search(LEAD_LAST))) == ([], True)
