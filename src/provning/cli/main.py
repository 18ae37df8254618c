"""Which commands there are, and the way from the words typed to the command that is run."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Protocol, cast

from django.core.exceptions import ImproperlyConfigured

from provning.cli.environment import CannotRunError

DJANGO_SETTINGS = "provning.config.settings"
NOT_RUN = 2
OBJECTS_BEFORE_COLLECTING = 50_000
"""Python looks for circles of garbage after 700, which takes a twentieth of all that we do."""
COMMANDS = {
    "demo": "sätt upp allt med påhittade data och starta servern",
    "serve": "starta servern och jobben",
    "worker": "utför jobben, när de inte ska gå tillsammans med servern",
    "upgrade": "för databasen till det här programmets version",
    "administrator": "skapa ett konto som systemadministratör, det första eller ett nytt",
    "doctor": "säg vad som är fel med installationen och hur det rättas",
    "matrix": "skriv vilken roll som får öppna vilken adress, för granskning",
    "rehearse": "gå igenom hela rutinen utan webbläsare och lämna filer som visar det",
    "reconcile": "jämför placeringar i ett register med betyg i ett annat system",
    "group-name": "bygg eller läs namnet på en prövningsgrupp",
    "register": "läs in ett nytt kursregister från filer",
    "import": "läs in personer, placeringar och annat från en fil",
    "person": "sammanställ allt om en person i en fil",
    "audit": "kontrollera händelseloggen",
    "catalogue": "skriv betygskataloger och kontrollera de lagrade dokumenten",
    "betyg-xml": "skriv betyg till andra system som Betyg XML",
    "betygsdokument": "skriv betygsdokument till andra system",
    "ims": "skriv en termins grupper och placeringar till andra system som IMS Enterprise",
    "client": "skapa, lista, byt nyckel för och spärra API-klienter",
    "report": "gör utkast till underlag för SCB, UHR eller CSN",
    "archive": "gör och kontrollera e-arkivpaket, gallra",
    "backup": "ta en säkerhetskopia av allt, medan programmet är i gång",
    "restore": "återläs eller kontrollera en säkerhetskopia",
}


class Command(Protocol):
    """What every command module offers."""

    @staticmethod
    def add_arguments(parser: argparse.ArgumentParser) -> None:
        """Say which arguments the command takes."""

    @staticmethod
    def run(arguments: argparse.Namespace) -> int:
        """Carry the command out and return its exit status."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; 0 is success, 1 a failure, 2 something that could not begin as asked."""
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING)
    typed = list(sys.argv[1:] if words is None else words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", DJANGO_SETTINGS)
    parser, runs = _parser(typed[:1])
    arguments = parser.parse_args(typed)
    try:
        return runs[arguments.command](arguments)
    except (CannotRunError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return NOT_RUN


def parser_of(words: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser that would read a command, for who wants to know whether it is one."""
    return _parser(words[:1])[0]


def _parser(
    first: Sequence[str],
) -> tuple[argparse.ArgumentParser, dict[str, Callable[[argparse.Namespace], int]]]:
    """Build the parser, loading only the module of the command that is asked for."""
    parser = argparse.ArgumentParser(
        prog="provning", description="Prövning: från anmälan till arkiverad betygskatalog."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="KOMMANDO")
    runs: dict[str, Callable[[argparse.Namespace], int]] = {}
    for name, summary in COMMANDS.items():
        child = commands.add_parser(name, help=summary, description=summary.capitalize() + ".")
        if name in first:
            module = cast("Command", import_module(f"provning.cli.{_module(name)}"))
            module.add_arguments(child)
            runs[name] = module.run
    return parser, runs


def _module(name: str) -> str:
    """Return the module of a command: no module can be called as a word of the language is."""
    return f"{name}_" if iskeyword(name) else name.replace("-", "_")
