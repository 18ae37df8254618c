"""What a save of 100 changed grades costs, as a multiple of the same inserts in plain SQL.

    PROVNING_DATA_DIR=$(mktemp -d) python -m benchmarks.save [--size 100] [--times 30]

On the configured database, which must be empty. Two saves are measured: 100 typed grades changed on
the sheet, and 100 grades decided; each with its audit events, in one transaction that is taken back
so that every time begins from the same. The yardstick is what they write and nothing else: the
program's own INSERT statements are noted once, and run again with no program around them, one row
to a statement as plain SQL has it, under the same triggers. Beside it, the same rows as the program
sends them, many to a statement. Medians; the processor's time holds on a busy machine too, but
leaves out what a database server does.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from benchmarks.screens import TODAY, build
from provning.accounts.queries import user_by_username
from provning.cli.serve import prepare_database
from provning.exams.models import Placement
from provning.grading.actions import decide_grades, save_drafts
from provning.grading.rows import DraftEntry
from provning.kernel.actors import Actor
from provning.people.queries import actor_for

Statement = tuple[str, Sequence[Any]]
ROW = r"\((?:%s(?:, )?)+\)"
ROWS = re.compile(rf"(?P<into>.* VALUES )(?P<first>{ROW})(?:, {ROW})*(?P<end>.*)", re.DOTALL)


def entries(placements: Sequence[UUID], values: str, version: int) -> list[DraftEntry]:
    """Return a typed grade for each placement, taken in turn from the values."""
    typed = zip(placements, cycle(values), strict=False)
    return [DraftEntry(key, value, version) for key, value in typed]


def type_grades(teacher: Actor, group: UUID, typed: list[DraftEntry]) -> None:
    """Save the sheet."""
    saved = save_drafts(
        actor=teacher, group_id=group, entries=typed, today=TODAY, all_or_nothing=True
    )
    if not all(each.stands for each in saved):
        raise SystemExit(f"not saved: {saved[0]}")


def decide(teacher: Actor, group: UUID, typed: list[DraftEntry]) -> None:
    """Decide what the sheet says."""
    decide_grades(
        actor=teacher,
        group_id=group,
        values={each.placement_id: each.value for each in typed},
        submission=uuid4(),
        today=TODAY,
    )


@contextmanager
def taken_back() -> Iterator[None]:
    """Run in a transaction that leaves nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def written_by(save: Callable[[], None]) -> list[Statement]:
    """Return the inserts that a save makes."""
    found: list[Statement] = []

    def note(execute: Callable[..., object], sql: str, params: object, *rest: object) -> object:
        if sql.startswith("INSERT") and isinstance(params, Sequence):
            found.append((sql, params))
        return execute(sql, params, *rest)

    with taken_back(), connection.execute_wrapper(note):
        save()
    return found


def row_by_row(statements: list[Statement]) -> list[Statement]:
    """Return the same inserts with one row to a statement."""
    return [single for sql, params in statements for single in _rows(sql, params)]


def _rows(sql: str, params: Sequence[Any]) -> list[Statement]:
    """Return one statement for each row: PostgreSQL is sent columns, SQLite is sent rows."""
    if "UNNEST" in sql:
        return [(sql, [[value] for value in row]) for row in zip(*params, strict=True)]
    match = ROWS.fullmatch(sql)
    if match is None:
        raise SystemExit(f"not understood: {sql[:200]}")
    single, width = match["into"] + match["first"] + match["end"], match["first"].count("%s")
    return [(single, params[at : at + width]) for at in range(0, len(params), width)]


def run(statements: list[Statement]) -> None:
    """Run the statements by themselves."""
    with connection.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)


def median(work: Callable[[], None], times: int) -> tuple[float, float]:
    """Return the median milliseconds of the work, by the clock and of this process."""
    clock, busy = [], []
    for _time in range(times):
        with taken_back():
            start, used = time.perf_counter(), time.process_time()
            work()
            clock.append((time.perf_counter() - start) * 1000)
            busy.append((time.process_time() - used) * 1000)
    return statistics.median(clock), statistics.median(busy)


def report(label: str, save: Callable[[], None], times: int) -> None:
    """Print a save and its multiples of the plain inserts."""
    statements = written_by(save)
    single = row_by_row(statements)
    whole = median(save, times)
    plain = median(partial(run, single), times)
    packed = median(partial(run, statements), times)
    print(
        f"{label}: {whole[0]:.1f} ms ({whole[1]:.1f} ms cpu),"
        f" {len(single)} plain inserts {plain[0]:.1f} ms ({plain[1]:.1f} ms cpu):"
        f" {whole[0] / plain[0]:.1f} times ({whole[1] / plain[1]:.1f} by cpu);"
        f" in {len(statements)} statements {packed[0]:.1f} ms: {whole[0] / packed[0]:.1f} times",
        flush=True,
    )


def main() -> None:
    """Build one group and measure both saves."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, default in (("size", 100), ("times", 30)):
        parser.add_argument(f"--{name}", type=int, default=default)
    wanted = parser.parse_args()
    prepare_database()
    _unit, groups, _persons = build(wanted.size, 1, wanted.size)
    user = user_by_username("larare")
    if user is None:
        raise SystemExit("larare has no account")
    teacher = actor_for(user, TODAY)
    placements = list(
        Placement.objects.filter(group=groups[0]).order_by("pk").values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    first = entries(placements, "ABCDE", 0)
    type_grades(teacher, groups[0], first)
    changed = entries(placements, "BCDEA", 1)
    report("typed anew", partial(type_grades, teacher, groups[0], changed), wanted.times)
    report("decided", partial(decide, teacher, groups[0], first), wanted.times)


if __name__ == "__main__":
    main()
