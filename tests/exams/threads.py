"""Doing several things at the very same time, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import TypeVar

from django.db import connection

Result = TypeVar("Result")


def at_once(*calls: Callable[[], Result]) -> list[Result | Exception]:
    """Run the calls in threads that start together; return what each gave or raised, in order."""
    gate = threading.Barrier(len(calls))
    answers: dict[int, Result | Exception] = {}

    def run(place: int, call: Callable[[], Result]) -> None:
        try:
            gate.wait(timeout=10)
            answers[place] = call()
        except Exception as error:  # noqa: BLE001 (what a thread raises is its answer)
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[place] for place in range(len(calls))]
