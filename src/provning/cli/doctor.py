"""`provning doctor`: what is wrong with the installation, and how to mend it."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import django
from django.core.exceptions import ImproperlyConfigured

from provning.cli.environment import data_directory, use_kept_key

if TYPE_CHECKING:
    from provning.operations.checks import Finding

FAULTY = 1
WORDS = {"ok": "Bra     ", "warning": "Varning ", "fault": "Fel     "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the form of the answer."""
    parser.add_argument("--json", action="store_true", help="svara med JSON, för program")


def run(arguments: argparse.Namespace) -> int:
    """Say everything that was looked at; 1 when something is a fault, 0 with warnings alone."""
    use_kept_key(data_directory())
    try:
        django.setup()
        from provning.operations.checks import diagnose

        found = list(diagnose(datetime.now(UTC)))
    except (ImproperlyConfigured, ValueError) as error:
        found = [_unreadable(error)]
    print(_json(found) if arguments.json else _text(found))
    return FAULTY if any(each.level == "fault" for each in found) else 0


def _unreadable(error: Exception) -> "Finding":
    """Return that the settings themselves cannot be read."""
    from provning.operations.finding import fault

    return fault(
        "settings",
        f"Inställningarna går inte att läsa: {error}",
        "Rätta variabeln; alla beskrivs i docs/settings.md.",
    )


def _text(found: Iterable["Finding"]) -> str:
    """Return a line for each finding, and below it how to mend it."""
    lines = []
    for each in found:
        lines.append(f"{WORDS[each.level]}{each.text}")
        if each.remedy:
            lines.append(f"        → {each.remedy}")
    return "\n".join(lines)


def _json(found: Iterable["Finding"]) -> str:
    return json.dumps([asdict(each) for each in found], ensure_ascii=False, indent=1)
