"""`provning worker`: carry out the jobs, and say all the while that somebody does."""

import argparse
import os
import secrets
import socket
import threading
import time
from datetime import UTC, datetime

import django

from provning.cli.environment import (
    CannotRunError,
    data_directory,
    keep_secret_key,
    log_everything,
    use_data_directory,
    wait_for_database,
)
from provning.cli.serve import newer_database

INTERVAL = 1
BEAT_SECONDS = 15
LOOK_SECONDS = 30
PATIENCE_SECONDS = 120
"""So long another process may take to bring the database up to date."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take nothing."""
    del parser


def run(_arguments: argparse.Namespace) -> int:
    """Carry jobs out until stopped; the job in hand is finished first."""
    log_everything()
    keep_secret_key(use_data_directory(data_directory()))
    django.setup()
    _wait_for_tables()
    from django.core.management import call_command

    from provning.archive.tasks import keep_reminding
    from provning.operations.job_log import log_jobs
    from provning.operations.workers import held_lock

    keep_reminding(datetime.now(UTC))
    log_jobs()
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
    with held_lock(name):
        started = datetime.now(UTC)
        _say_alive(name, started)
        threading.Thread(target=_beat, args=(name, started), daemon=True).start()
        threading.Thread(target=_look_after_others, daemon=True).start()
        # The library's own lines name what jobs were given; `log_jobs` writes ours instead.
        call_command("db_worker", interval=INTERVAL, worker_id=name, verbosity=0)
    return 0


def _wait_for_tables() -> None:
    """Wait until the tables are this program's; raises `CannotRunError` when that never comes."""
    from provning.operations.checks.stored import migration_state

    wait_for_database()
    for _second in range(PATIENCE_SECONDS):
        unknown, waiting = migration_state()
        if unknown:
            raise CannotRunError(newer_database(unknown[0]))
        if not waiting:
            return
        time.sleep(1)
    raise CannotRunError("Databasens tabeller är inte klara. Kör ./prov upgrade först.")


def _beat(name: str, started: datetime) -> None:
    """Say every quarter of a minute that the worker lives."""
    while True:
        time.sleep(BEAT_SECONDS)
        _say_alive(name, started)


def _say_alive(name: str, started: datetime) -> None:
    """Say that the worker lives, whatever the database says to it."""
    from django.db import DatabaseError, connection

    from provning.operations.actions import beat
    from provning.operations.workers import database_clock

    try:
        beat(worker=name, started_at=started, now=database_clock())
    except DatabaseError:
        connection.close()


def _look_after_others() -> None:
    """Look every half minute, and at once, for jobs of workers that are gone.

    In a thread of its own: what it writes may have to wait for a long job of another worker, and
    the beats may not.
    """
    from django.db import DatabaseError, connection

    from provning.kernel.actors import system_actor
    from provning.operations.actions.lost_jobs import take_over_lost_jobs
    from provning.operations.workers import database_clock

    actor = system_actor("Prövning", "worker")
    # Where beats answer, others get time to be heard when the database comes back.
    heard = connection.vendor == "sqlite"
    while True:
        try:
            now = database_clock()
            if heard:
                take_over_lost_jobs(actor=actor, now=now)
            heard = True
        except DatabaseError:
            connection.close()
            heard = False
        time.sleep(LOOK_SECONDS)
