"""`provning administrator`: the account that gives all others theirs."""

import argparse
import getpass
import sys

import django

from provning.cli.environment import (
    CannotRunError,
    data_directory,
    expect_database,
    today,
    use_kept_key,
)
from provning.kernel.problems import ProblemsFoundError

FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take who it is; the password is asked for twice, or read as a line from standard input."""
    parser.add_argument("--username", required=True, metavar="NAMN", help="användarnamn")
    parser.add_argument("--name", required=True, metavar="NAMN", help="för- och efternamn")


def run(arguments: argparse.Namespace) -> int:
    """Create the account with the role of system administrator; 1 with what is wrong."""
    use_kept_key(data_directory())
    django.setup()
    expect_database()
    password = ask_password()
    try:
        _create(arguments.username, arguments.name, password)
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY
    print(f"{arguments.name} kan logga in som {arguments.username} och är systemadministratör.")
    return 0


def ask_password() -> str:
    """Ask for the password twice without showing it; from a program, read a line.

    Raises `CannotRunError` when the two differ: nobody could sign in to the account.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Lösenord: ")
    if getpass.getpass("Samma lösenord igen: ") != password:
        message = "Lösenorden är inte lika, så inget konto skapades. Kör kommandot igen."
        raise CannotRunError(message)
    return password


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
