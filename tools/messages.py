"""Collect everything the program says on screen, keep its English, and compile it.

`./prov messages` reads the gettext calls, the templates and the Swedish texts that are written as
data (problems and their sources, audit sentences, labels of choices), merges them into
`locale/en/LC_MESSAGES/django.po` and writes `django.mo`. Swedish is the language of the message
ids, so it needs no catalogue. `--from FILE` takes translations in, see `take_in`.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from provning.organisation.policies_data import ALL_POLICIES
from tools.python_source import PACKAGE, ROOT, events, labels, problems

CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
COMPILED = CATALOGUE.with_suffix(".mo")
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    **{f"{name}_lazy": places for name, places in DEFAULT_KEYWORDS.items()},
    "gettext_noop": None,
}
CALL = re.compile(rf"\b(?:{'|'.join(KEYWORDS)})\s*\(")
UNDATED = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# English of Prövning; the ids are the Swedish texts. Made by ./prov messages.\n#"

POLICIES = "src/provning/organisation/policies_data.py"

Text = str | tuple[str, ...]


def main() -> int:
    """Merge, compile and say what still lacks English; 1 when something does."""
    parser = argparse.ArgumentParser(description="Collect the texts on screen for translation.")
    parser.add_argument("--from", dest="files", nargs="*", type=Path, default=[])
    options = parser.parse_args()
    catalogue = merged(stored())
    for path in options.files:
        take_in(catalogue, path)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    CATALOGUE.write_bytes(written(catalogue))
    COMPILED.write_bytes(compiled(catalogue))
    missing = [message for message in catalogue if message.id and not is_translated(message)]
    for message in missing:
        print(f"{message.locations[0][0]}\t{message.id}")
    print(f"{len(catalogue)} texts, {len(missing)} without English.", file=sys.stderr)
    return 1 if missing else 0


def collected() -> Catalog:
    """Return every text the program can show, without translations."""
    catalogue = Catalog(locale="en", charset="utf-8", header_comment=HEADER)
    for text, context, path in sorted({*_called(), *_in_templates(), *_in_data()}, key=str):
        catalogue.add(text, context=context, locations=[(path, 1)])
    return catalogue


def stored() -> Catalog:
    """Return the catalogue of record, empty when there is none."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def merged(old: Catalog) -> Catalog:
    """Return what the program says now, with the English that is known of it."""
    new = collected()
    for message in new:
        known = old.get(message.id, context=message.context) if message.id else None
        if known is not None:
            message.string = known.string
    return new


def take_in(catalogue: Catalog, path: Path) -> None:
    """Fill in translations from a file with one text a line, tabs between Swedish and English.

    A text with a plural has four columns: Swedish one and many, English one and many.
    """
    for line in path.read_text("utf-8").splitlines():
        columns = [column.strip() for column in line.split("\t")]
        half = len(columns) // 2
        message = catalogue.get(columns[0]) if half and all(columns) else None
        forms = 1 if message is None or isinstance(message.id, str) else len(message.id)
        if message is not None and forms == half:
            message.string = columns[1] if half == 1 else tuple(columns[half:])


def is_translated(message: Message) -> bool:
    """Say whether every form of the text has English."""
    forms = message.string if isinstance(message.string, tuple | list) else [message.string]
    return all(forms)


def written(catalogue: Catalog) -> bytes:
    """Return the catalogue as a file; the same texts give the same bytes."""
    buffer = io.BytesIO()
    # No dates and no line numbers: a change shows only what it changed.
    write_po(buffer, catalogue, width=0, include_lineno=False, sort_output=True, omit_header=True)
    head = f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n'
    kind = '"Content-Type: text/plain; charset=utf-8\\n"\n'
    plural = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    return (head + kind + plural).encode() + buffer.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """Return the catalogue in the form the program reads."""
    buffer, plain = io.BytesIO(), read_po(io.BytesIO(written(catalogue)), locale="en")
    plain.creation_date = plain.revision_date = UNDATED
    write_mo(buffer, plain)
    return buffer.getvalue()


def _called() -> Iterator[tuple[Text, str | None, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _extracted(path, path.read_text("utf-8"))


def _in_templates() -> Iterator[tuple[Text, str | None, str]]:
    for folder in ("templates", "mail_templates"):
        for path in sorted(PACKAGE.rglob(f"{folder}/**/*.*")):
            if path.suffix in {".html", ".txt"}:
                calls = templatize(path.read_text("utf-8"), origin=str(path))
                # What is left of the template's own indentation means nothing, but not to Python.
                yield from _extracted(path, "\n".join(map(str.lstrip, calls.splitlines())))


def _extracted(path: Path, source: str) -> Iterator[tuple[Text, str | None, str]]:
    if not CALL.search(source):
        return  # Most files say nothing, and reading one in earnest takes time.
    calls = extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS)
    for _line, text, _comments, context in calls:
        yield text, context, path.relative_to(ROOT).as_posix()


def _in_data() -> Iterator[tuple[Text, str | None, str]]:
    for problem in problems():
        for text in (*(problem.messages or ()), *(problem.sources or ())):
            if text:
                yield text, None, problem.path
    for found in (*events(), *labels()):
        yield found.text, None, found.path
    for kind in ALL_POLICIES:
        for text in (kind.label, kind.meaning, kind.source, *dict(kind.choices).values()):
            yield text, None, POLICIES


if __name__ == "__main__":
    sys.exit(main())
