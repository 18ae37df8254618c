"""`provning administrator`: the account that gives all others theirs."""

import argparse
import getpass
import sys

import django

from provning.cli.environment import data_directory, expect_database, today, use_kept_key
from provning.kernel.problems import ProblemsFoundError

FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take who it is; the password is asked for, or read as a line from standard input."""
    parser.add_argument("--username", required=True, metavar="NAMN", help="användarnamn")
    parser.add_argument("--name", required=True, metavar="NAMN", help="för- och efternamn")


def run(arguments: argparse.Namespace) -> int:
    """Create the account with the role of system administrator; 1 with what is wrong."""
    use_kept_key(data_directory())
    django.setup()
    expect_database()
    password = _password()
    try:
        _create(arguments.username, arguments.name, password)
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY
    print(f"{arguments.name} kan logga in som {arguments.username} och är systemadministratör.")
    return 0


def _password() -> str:
    """Ask for the password without showing it; from a program, read a line."""
    if sys.stdin.isatty():
        return getpass.getpass("Lösenord: ")
    return sys.stdin.readline().rstrip("\n")


def _create(username: str, name: str, password: str) -> None:
    from django.db import transaction

    from provning.accounts.actions import assign_role, create_user
    from provning.kernel.actors import Scope, ScopeKind, system_actor

    actor = system_actor("Prövning", "administrator")
    with transaction.atomic():
        user = create_user(
            actor=actor, username=username, name=name, password=password, today=today()
        )
        assign_role(
            actor=actor,
            user_id=user.pk,
            role="system_administrator",
            scope=Scope(ScopeKind.EVERYTHING),
            valid_from=today(),
        )
