"""`provning serve`: the web server and the worker of the jobs, in one command."""

import argparse
import logging
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import django

from provning.cli.environment import (
    CannotRunError,
    data_directory,
    keep_secret_key,
    log_everything,
    today,
    use_data_directory,
    wait_for_database,
)

ADDRESS = "127.0.0.1"
PORT = 8000
THREADS = 4
GRACE_SECONDS = 30
LOOK_SECONDS = 0.5
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take where to listen and how many processes to share the work."""
    parser.add_argument("--address", default=ADDRESS, help=f"adress att lyssna på ({ADDRESS})")
    parser.add_argument("--port", type=int, default=PORT, help=f"port ({PORT})")
    parser.add_argument(
        "--processes", type=int, default=1, help="webbprocesser; fler än en kräver PostgreSQL"
    )
    parser.add_argument(
        "--no-worker", action="store_true", help="låt ./prov worker utföra jobben, någon annanstans"
    )


def run(arguments: argparse.Namespace) -> int:
    """Bring the database up to date and serve until stopped."""
    expect_free_port(arguments.address, arguments.port)
    log_everything()
    keep_secret_key(use_data_directory(data_directory()))
    django.setup()
    prepare_database()
    print(_first_line(arguments.address, arguments.port), flush=True)
    worker = not arguments.no_worker
    return serve(arguments.address, arguments.port, arguments.processes, worker=worker)


def _first_line(address: str, port: int) -> str:
    """Return what is started, where, and on which database."""
    from django.db import connection

    from provning import __version__

    place = f"[{address}]" if ":" in address else address
    database = connection.settings_dict["NAME"]
    return f"Prövning {__version__} på http://{place}:{port}/ med {connection.vendor} {database}"


def prepare_database() -> None:
    """Create or upgrade every table, and fill the course register when it has changed.

    Raises `CannotRunError` for a database that does not answer, or that a newer program has brought
    up.
    """
    from django.conf import settings
    from django.core.management import call_command

    from provning.courses.actions import load_register
    from provning.kernel.actors import system_actor
    from provning.operations.checks.stored import migration_state

    use_data_directory(settings.DATA_DIR)
    wait_for_database()
    unknown, _waiting = migration_state()
    if unknown:
        raise CannotRunError(newer_database(unknown[0]))
    call_command("migrate", verbosity=0)
    load_register(actor=system_actor("Prövning", "register"), today=today())


def newer_database(name: str) -> str:
    """Return the refusal of a database that a newer program has brought up."""
    return (
        f"Databasen hör till ett nyare program än detta ({name}). Starta det nyare programmet, "
        "eller återläs säkerhetskopian från före uppgraderingen: ./prov restore FIL --replace"
    )


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


def serve(address: str, port: int, processes: int, *, worker: bool = True) -> int:
    """Serve until stopped; the jobs' worker lives and dies with the server."""
    from provning.publishing.tasks import keep_telling

    prepare_static_files()
    keep_telling()
    if processes > 1:
        share_figures()
    with kept_alive([sys.executable, "-m", "provning.cli", "worker"] if worker else []):
        return _web_server(address, port, processes)


def share_figures() -> None:
    """Give the processes a folder in which they count together, empty at every start."""
    from django.conf import settings

    folder = settings.DATA_DIR / "figures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


@contextmanager
def kept_alive(command: list[str]) -> Iterator[None]:
    """Keep a program running while the block runs, and start it again when it ends by itself.

    At the end it is asked to stop, and has half a minute to finish what it has in hand.
    """
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(command, stop))
    if command:
        watcher.start()
    try:
        yield
    finally:
        stop.set()
        if command:
            watcher.join()


def _watch(command: list[str], stop: threading.Event) -> None:
    """Start the program over and over until told to stop; the pause grows while it fails."""
    pause = SHORTEST_PAUSE
    while not stop.is_set():
        begun = time.monotonic()
        program = subprocess.Popen(command)
        while not stop.wait(LOOK_SECONDS) and program.poll() is None:
            pass
        if stop.is_set():
            _end(program)
            return
        logging.getLogger("provning.serve").error(
            "worker ended", extra={"status": program.returncode}
        )
        lived = time.monotonic() - begun
        pause = SHORTEST_PAUSE if lived > LONGEST_PAUSE else min(pause * 2, LONGEST_PAUSE)
        stop.wait(pause)


def _end(program: "subprocess.Popen[bytes]") -> None:
    program.terminate()
    try:
        program.wait(timeout=GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


def _web_server(address: str, port: int, processes: int) -> int:
    """Answer requests until a signal comes; those in hand are answered first."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from provning.operations.logs import SERVER_LOG

    Server(
        "provning.config.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=SERVER_LOG,
    ).serve()
    return 0
