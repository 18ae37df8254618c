"""`provning ims`: a term's groups, teachers and placements as an IMS Enterprise snapshot."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime

from provning.cli.environment import today
from provning.cli.feed_files import OPERATOR, add_file_arguments, handing_of, write_feed


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the term and the file."""
    parser.add_argument("--term", required=True, metavar="TERMIN", help="HT26 eller VT27")
    add_file_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when the term cannot be understood."""
    return write_feed(arguments, lambda: _pieces(arguments))


def _pieces(arguments: argparse.Namespace) -> Iterable[bytes]:
    """Return the file in pieces; the trail is told that it was taken out."""
    from provning.feeds.taking import take_out_snapshot

    return take_out_snapshot(
        actor=OPERATOR,
        handing=handing_of(arguments),
        term=arguments.term,
        now=datetime.now(UTC),
        today=today(),
    )
