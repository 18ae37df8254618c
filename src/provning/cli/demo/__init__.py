"""`provning demo`: an invented municipality, set up through the same actions as the screens."""

import argparse
import os
from pathlib import Path

import django

from provning.cli.environment import keep_secret_key, today, use_data_directory
from provning.cli.serve import ADDRESS, PORT, prepare_database, serve

DIRECTORY = Path("var/demo")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the port, and whether to serve at all."""
    parser.add_argument("--port", type=int, default=PORT, help=f"port ({PORT})")
    parser.add_argument("--no-serve", action="store_true", help="sätt upp allt och sluta")


def run(arguments: argparse.Namespace) -> int:
    """Set everything up unless it is there already, say how to sign in, and serve."""
    _prepare_environment(arguments.port)
    django.setup()
    prepare_database()
    from provning.cli.demo.world import build_world, is_built

    if not is_built():
        print("Lägger upp en påhittad kommun …", flush=True)
        build_world(today())
    print(_sign_ins(arguments.port), flush=True)
    return 0 if arguments.no_serve else serve(ADDRESS, arguments.port, processes=1)


def _prepare_environment(port: int) -> None:
    """Keep the demo apart from a real installation on the same machine."""
    directory = use_data_directory(os.environ.get("PROVNING_DATA_DIR", str(DIRECTORY)))
    keep_secret_key(directory)
    os.environ["PROVNING_DEMO"] = "true"
    os.environ.setdefault("PROVNING_PUBLIC_ADDRESS", f"http://{ADDRESS}:{port}")


def _sign_ins(port: int) -> str:
    """Return the address and every account, as text for the terminal."""
    from provning.accounts.roles import ROLES
    from provning.cli.demo.plan import ACCOUNTS, ORGANISER, PASSWORD

    lines = [
        f"Prövning, demo: http://{ADDRESS}:{port}/  ({ORGANISER}, alla personer är påhittade)",
        f"Lösenord för alla konton: {PASSWORD}",
        "",
        *(
            f"  {account.username:<20} {account.name:<20} {ROLES[account.role].manual_name}"
            for account in ACCOUNTS
        ),
    ]
    return "\n".join(lines)
