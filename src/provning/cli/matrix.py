"""`provning matrix`: which role may open which address, for an auditor."""

import argparse
import sys
from pathlib import Path

import django

from provning.cli.environment import data_directory, use_kept_key

FAULTY, NOT_RUN = 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the file to write."""
    parser.add_argument("--out", required=True, type=Path, help="fil på .csv eller .html")


def run(arguments: argparse.Namespace) -> int:
    """Write the matrix; 1 when a view does not say who may open it, 2 for another ending."""
    use_kept_key(data_directory())
    django.setup()
    from provning.operations.matrix import UnstatedError, as_csv, as_html, lines

    forms = {".csv": ("utf-8-sig", as_csv), ".html": ("utf-8", as_html)}
    out: Path = arguments.out
    if out.suffix.lower() not in forms:
        print("Filens namn ska sluta på .csv eller .html.", file=sys.stderr)
        return NOT_RUN
    encoding, written = forms[out.suffix.lower()]
    try:
        rows = lines()
    except UnstatedError as error:
        print(f"Adresser som inte säger vem som får öppna dem: {error}", file=sys.stderr)
        return FAULTY
    out.write_text(written(rows), encoding, newline="")
    print(f"{len(rows)} rader skrevs i {out}.")
    return 0
