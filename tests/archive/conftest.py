"""Property tests without a clock, and the shelf that most tests start from."""

from hypothesis import settings

from tests.archive.world import Shelf, shelf
from tests.support.kept import kept

settings.register_profile("archive", deadline=None)
settings.load_profile("archive")


def build_printed() -> Shelf:
    """Build the shelf, and print and sign its catalogue."""
    built = shelf()
    built.print()
    return built


def build_delivered() -> Shelf:
    """Build the shelf, and let its catalogue go all the way."""
    built = shelf()
    built.delivered()
    return built


plain = kept(shelf)
printed = kept(build_printed)
delivered = kept(build_delivered)
