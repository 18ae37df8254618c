"""`provning demo`: an invented municipality, set up through the same actions as the screens."""

import argparse
import os
import signal

import django

from provning.cli.environment import (
    CannotRunError,
    data_directory,
    keep_secret_key,
    today,
    use_data_directory,
)
from provning.cli.serve import ADDRESS, PORT, expect_free_port, prepare_database, serve

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
"""What the command that carries out jobs answers to in its own way."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, and whether to serve at all."""
    parser.add_argument("--port", type=int, default=PORT, help=f"port ({PORT})")
    parser.add_argument("--no-serve", action="store_true", help="sätt upp allt och sluta")


def run(arguments: argparse.Namespace) -> int:
    """Set everything up unless it is there already, say how to sign in, and serve."""
    if not arguments.no_serve:
        expect_free_port(ADDRESS, arguments.port)
    _prepare_environment(arguments.port)
    django.setup()
    _build()
    if arguments.no_serve:
        print(_sign_ins("Allt är uppsatt. Starta servern med ./prov demo"), flush=True)
        print(_machine(arguments.port), flush=True)
        return 0
    print(_sign_ins(f"Prövning, demo: http://{ADDRESS}:{arguments.port}/"), flush=True)
    print(_machine(arguments.port), flush=True)
    return serve(ADDRESS, arguments.port, processes=1)


def _build() -> None:
    """Build the municipality unless it is there; never beside a real one, which stays untouched."""
    from provning.cli.demo.standing import is_built, other_organiser

    other = other_organiser()
    if other:
        message = (
            f"Databasen hör till {other}. Demot läggs inte dit. Välj en annan mapp: "
            "PROVNING_DATA_DIR=var/demo ./prov demo"
        )
        raise CannotRunError(message)
    prepare_database()
    if not is_built():
        from provning.cli.demo.world import build_world

        print("Lägger upp en påhittad kommun …", flush=True)
        build_world(today())
        _carry_out_jobs()


def _carry_out_jobs() -> None:
    """Do what building the municipality left to the worker: its mails stand above the sign-ins."""
    from django.core.management import call_command

    kept = {each: signal.getsignal(each) for each in STOPS}
    call_command("db_worker", batch=True, interval=0, verbosity=0)
    for each, handler in kept.items():
        signal.signal(each, handler)


def _prepare_environment(port: int) -> None:
    """Give the demo its folder and key, and let the sign-in page show its accounts."""
    keep_secret_key(use_data_directory(data_directory()))
    os.environ["PROVNING_DEMO"] = "true"
    # A line for each job would soon hide how to sign in.
    os.environ.setdefault("PROVNING_LOG_LEVEL", "WARNING")
    # Whoever tries the demo has no second factor; a real installation asks for one.
    os.environ.setdefault("PROVNING_ASSURANCE", "password")
    os.environ.setdefault("PROVNING_PUBLIC_ADDRESS", f"http://{ADDRESS}:{port}")


def _sign_ins(first: str) -> str:
    """Return a first line and every account, as text for the terminal."""
    from django.conf import settings

    from provning.accounts.roles import ROLES
    from provning.cli.demo.plan import ACCOUNTS, ORGANISER

    lines = [
        f"{first}  ({ORGANISER}, alla personer är påhittade)",
        f"Lösenord för alla konton: {settings.DEMO_PASSWORD}",
        "",
        *(
            f"  {account.username:<20} {account.name:<20} {ROLES[account.role].manual_name}"
            for account in ACCOUNTS
        ),
    ]
    return "\n".join(lines)


def _machine(port: int) -> str:
    """Return the demo's API client and what to try with it, as text for the terminal."""
    from django.conf import settings

    from provning.cli.demo.machines import demo_client, lines

    client_id, secret = demo_client(settings.DATA_DIR, today())
    return "\n".join(lines(client_id, secret, f"http://{ADDRESS}:{port}"))
