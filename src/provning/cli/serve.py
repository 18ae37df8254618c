"""`provning serve`: the web server and the worker of the jobs, in one command."""

import argparse
import socket
import subprocess
import sys

import django

from provning.cli.environment import (
    CannotRunError,
    data_directory,
    keep_secret_key,
    today,
    use_data_directory,
)

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
    expect_free_port(arguments.address, arguments.port)
    keep_secret_key(use_data_directory(data_directory()))
    django.setup()
    prepare_database()
    return serve(arguments.address, arguments.port, arguments.processes)


def prepare_database() -> None:
    """Create or upgrade every table, and fill the course register when it has changed."""
    from django.conf import settings
    from django.core.management import call_command

    from provning.courses.actions import load_register
    from provning.kernel.actors import system_actor

    use_data_directory(settings.DATA_DIR)
    call_command("migrate", verbosity=0)
    load_register(actor=system_actor("Prövning", "register"), today=today())


def expect_free_port(address: str, port: int) -> None:
    """Raise `CannotRunError` when something else already answers there."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address, port))
        except (OSError, OverflowError) as error:
            message = f"{address}:{port} går inte att lyssna på ({error}). Välj en annan --port."
            raise CannotRunError(message) from error


def prepare_static_files() -> None:
    """Collect style sheets and modules, each beside its compressed form."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


def serve(address: str, port: int, processes: int) -> int:
    """Serve until stopped; the jobs' worker lives and dies with the server."""
    from provning.publishing.tasks import keep_telling

    prepare_static_files()
    keep_telling()
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
