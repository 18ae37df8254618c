"""`provning import KIND FILE`: the same steps as on screen, for whoever has many files.

Without --commit the rows are only read through. With it they are taken in, all or nothing.
"""

import argparse
import csv
import sys
from pathlib import Path
from uuid import UUID, uuid4

import django

from provning.cli.environment import expect_database
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError

FAULTY = 1
NOT_UNDERSTOOD = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what the file holds, the file, who brings it in and how far to go."""
    parser.add_argument("kind", metavar="SLAG", help="till exempel personer eller placeringar")
    parser.add_argument("file", type=Path, metavar="FIL", help="CSV eller Excel (.xlsx)")
    parser.add_argument("--as", dest="user", required=True, metavar="KONTO", help="användarnamn")
    parser.add_argument("--for", dest="place", default="", metavar="NAMN", help="för vem, om flera")
    parser.add_argument("--leave-out", action="store_true", help="hoppa över rader med fel")
    steps = parser.add_mutually_exclusive_group()
    steps.add_argument("--preview", action="store_true", help="granska bara (det vanliga)")
    steps.add_argument("--commit", action="store_true", help="läs in när allt är rätt")


def run(arguments: argparse.Namespace) -> int:
    """Plan the rows and print them as CSV; 1 when something stands against them."""
    django.setup()
    expect_database()
    try:
        return _run(arguments)
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY
    except NotAllowedError:
        print("Kontot har inte behörighet till den inläsningen.", file=sys.stderr)
        return FAULTY
    except (NotFoundError, OSError) as error:
        print(f"Går inte att läsa in: {error}", file=sys.stderr)
        return NOT_UNDERSTOOD


def _run(arguments: argparse.Namespace) -> int:
    """Take the file through its steps."""
    from provning.cli.environment import today
    from provning.imports.actions import ask_to_commit, drop_import, run_import, upload_file
    from provning.imports.queries import import_for
    from provning.imports.states import Status

    day = today()
    actor = _actor(arguments.user)
    kind, place = _kind_and_place(actor, arguments.kind, arguments.place)
    staged = upload_file(
        actor=actor,
        kind_key=kind,
        place=place,
        file_name=arguments.file.name,
        content=arguments.file.read_bytes(),
        submission=uuid4(),
        today=day,
    )
    run_import(import_id=staged.id, today=day, actor=actor)
    row = import_for(actor, staged.id)
    if arguments.commit and row.status is Status.READY:
        ask_to_commit(actor=actor, import_id=staged.id, leave_out=arguments.leave_out, today=day)
        run_import(import_id=staged.id, today=day, actor=actor)
    _print(actor, staged.id)
    row = import_for(actor, staged.id)
    for fault in row.faults:
        print(fault.text, file=sys.stderr)
    wanted = Status.DONE if arguments.commit else Status.READY
    refused = row.counts.get("refused", 0) + row.counts.get("choice", 0)
    if not arguments.commit and row.status in {Status.READY, Status.COLUMNS}:
        drop_import(actor=actor, import_id=staged.id)
    return 0 if row.status is wanted and (arguments.commit or not refused) else FAULTY


def _actor(username: str) -> Actor:
    """Return who the account is today; raises `NotFoundError`."""
    from provning.accounts.queries import user_by_username
    from provning.cli.environment import today
    from provning.people.queries import actor_for

    user = user_by_username(username)
    if user is None:
        raise NotFoundError(f"kontot {username} finns inte.")
    return actor_for(user, today())


def _kind_and_place(actor: Actor, word: str, name: str) -> tuple[str, str]:
    """Return the kind's key and the place's, which must be named where there are several."""
    from provning.imports.kinds import KINDS
    from provning.imports.queries import places_for

    kind = next((each for each in KINDS.values() if word in {each.key, each.slug}), None)
    if kind is None:
        words = ", ".join(each.slug for each in KINDS.values())
        raise NotFoundError(f"slaget {word} finns inte. Välj bland {words}.")
    if not actor.may(kind.permission):
        raise NotAllowedError(kind.permission.value)
    places = [each for each in places_for(actor, kind) if name in {"", each.name}]
    if len(places) != 1:
        names = ", ".join(each.name for each in places) or name
        raise NotFoundError(f"ange en av dem som du når med --for: {names}.")
    return kind.key, places[0].key


def _print(actor: Actor, import_id: UUID) -> None:
    """Print what would become of every row, or what became of it."""
    from provning.imports.queries import row_lines

    lines = row_lines(actor, import_id)
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow(("Rad", "Vem eller vad", "Utfall", "Ändras eller är fel"))
    for start in range(0, len(lines), 1000):
        for line in lines[start : start + 1000]:
            said = [each.text for each in (*line.notes, *line.problems)]
            said += [f"{each.field}: {each.before} → {each.after}" for each in line.differences]
            who = line.person.label if line.person else line.what
            state = line.outcome_label if line.outcome else line.verdict_label
            writer.writerow((line.number, who, state, " ".join(said)))
