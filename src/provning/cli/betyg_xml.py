"""`provning betyg-xml`: decided grades as Betyg XML 1.1.1, for those the interval picks."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime

from provning.cli.environment import today
from provning.cli.feed_files import (
    OPERATOR,
    add_file_arguments,
    add_interval_arguments,
    handing_of,
    write_feed,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the interval, the school type and the file."""
    add_interval_arguments(parser)
    parser.add_argument(
        "--school-type", default="", metavar="SKOLFORM", help="VUX, SFI eller SARVUX; annars alla"
    )
    add_file_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when the interval or the school type cannot be understood."""
    return write_feed(arguments, lambda: _pieces(arguments))


def _pieces(arguments: argparse.Namespace) -> Iterable[bytes]:
    """Return the file in pieces; the trail is told that it was taken out."""
    from provning.feeds.taking import take_out_grades

    return take_out_grades(
        actor=OPERATOR,
        handing=handing_of(arguments),
        start=arguments.start,
        end=arguments.end,
        school_type=arguments.school_type,
        now=datetime.now(UTC),
        today=today(),
    )
