"""`provning betygsdokument`: documents with grades as betygsdokument 2.0."""

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
    """Take the interval and the file."""
    add_interval_arguments(parser)
    add_file_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; 1 when the interval cannot be understood."""
    return write_feed(arguments, lambda: _pieces(arguments))


def _pieces(arguments: argparse.Namespace) -> Iterable[bytes]:
    """Return the file in pieces; the trail is told that it was taken out."""
    from provning.feeds.taking import take_out_documents

    return take_out_documents(
        actor=OPERATOR,
        handing=handing_of(arguments),
        start=arguments.start,
        end=arguments.end,
        now=datetime.now(UTC),
        today=today(),
    )
