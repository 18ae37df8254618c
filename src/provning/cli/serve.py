"""`provning serve`: the web server and the worker of the jobs, in one command."""

import argparse
import subprocess
import sys

import django

from provning.cli.environment import today

ADDRESS = "127.0.0.1"
PORT = 8000
THREADS = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to listen and how many processes to share the work."""
    parser.add_argument("--address", default=ADDRESS, help=f"adress att lyssna på ({ADDRESS})")
    parser.add_argument("--port", type=int, default=PORT, help=f"port ({PORT})")
    parser.add_argument(
        "--processes", type=int, default=1, help="webbprocesser; fler än en kräver PostgreSQL"
    )


def run(arguments: argparse.Namespace) -> int:
    """Bring the database up to date and serve until stopped."""
    django.setup()
    prepare_database()
    return serve(arguments.address, arguments.port, arguments.processes)


def prepare_database() -> None:
    """Create or upgrade every table, and fill the course register when it has changed."""
    from django.conf import settings
    from django.core.management import call_command

    from provning.courses.actions import load_register
    from provning.kernel.actors import system_actor

    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    load_register(actor=system_actor("Prövning", "register"), today=today())


def serve(address: str, port: int, processes: int) -> int:
    """Serve until stopped; the jobs' worker lives and dies with the server."""
    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--interval", "1"])
    try:
        return _web_server(address, port, processes)
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def _web_server(address: str, port: int, processes: int) -> int:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    Server(
        "provning.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
    ).serve()
    return 0
