"""Build a small installation with something in nearly every table, as data of a release.

`python -m tools.build_release_data FILE` makes an SQLite database with the program of the checkout
it is run in, through the worlds of the tests. A backup of it is what later programs are tested to
read (`tests/data/releases`): every migration from then on is run over it.
"""

import argparse
import os
import sys
from pathlib import Path


def main() -> int:
    """Make the database."""
    parser = argparse.ArgumentParser(description="Build the data of a release.")
    parser.add_argument("file", type=Path, help="the SQLite database to make")
    file = parser.parse_args().file.resolve()
    if file.exists():
        print(f"{file} exists already.", file=sys.stderr)
        return 1
    os.environ["DATABASE_URL"] = f"sqlite:///{file}"
    os.environ["PROVNING_DATA_DIR"] = str(file.parent)
    os.environ["PROVNING_IMMEDIATE_TASKS"] = "true"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provning.config.settings")
    build()
    return 0


def build() -> None:
    """Make the tables and fill them."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from provning.archive.actions import build_packages
    from tests.archive.world import shelf
    from tests.grading import world
    from tests.grading.world import HT26

    # The two worlds take their test numbers from the same list, from either end.
    numbers = tuple(reversed(world._drawn()))  # noqa: SLF001 # as said
    vars(world)["_drawn"] = lambda: numbers
    stage = shelf()
    stage.delivered()
    build_packages(actor=stage.receiver, unit_id=stage.unit_id, term=HT26)
    more()


def more() -> None:
    """Fill what the shelf leaves empty: one of each thing, as the matrix of rights has it."""
    from tests.web.matrix.world import build_matrix

    build_matrix()


if __name__ == "__main__":
    sys.exit(main())
