"""`provning upgrade`: bring the database up to this program, and end."""

import argparse

import django

from provning.cli.environment import (
    data_directory,
    keep_secret_key,
    use_data_directory,
    wait_for_database,
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""
    del parser


def run(_arguments: argparse.Namespace) -> int:
    """Make the changes that wait; raises `CannotRunError` for a newer or silent database."""
    keep_secret_key(use_data_directory(data_directory()))
    django.setup()
    from provning.cli.serve import prepare_database
    from provning.operations.checks.stored import migration_state

    wait_for_database()
    _unknown, waiting = migration_state()
    prepare_database()
    print(f"{len(waiting)} ändringar av databasen är gjorda. Den hör nu till det här programmet.")
    return 0
