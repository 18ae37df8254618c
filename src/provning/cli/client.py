"""`provning client`: makes, lists, re-keys and stops the programs that may call."""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import django

from provning.cli.environment import expect_database, today, use_database_file
from provning.kernel.actors import Permission, Scope, ScopeKind, system_actor
from provning.kernel.problems import NotFoundError, ProblemsFoundError

OPERATOR = system_actor("Driftansvarig", "client")
NOT_DONE = 1
NOT_UNDERSTOOD = 2
DAY_HOURS = 24


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and which database when it is not the configured one."""
    parser.add_argument(
        "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
    )
    ways = parser.add_subparsers(dest="way", required=True, metavar="create|rotate|revoke|list")
    _create_arguments(ways.add_parser("create", help="skapa en klient och visa dess hemlighet"))
    rotate = ways.add_parser("rotate", help="ge en klient en ny hemlighet")
    rotate.add_argument("id", type=UUID, help="klientens id")
    rotate.add_argument(
        "--overlap-hours",
        type=int,
        default=DAY_HOURS,
        metavar="TIMMAR",
        help=f"så länge gäller de gamla hemligheterna till ({DAY_HOURS})",
    )
    revoke = ways.add_parser("revoke", help="spärra en klient för gott")
    revoke.add_argument("id", type=UUID, help="klientens id")
    ways.add_parser("list", help="visa alla klienter")


def run(arguments: argparse.Namespace) -> int:
    """Do it; 1 when it was refused, 2 when the words cannot be understood."""
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    expect_database()
    do = {"create": _create, "rotate": _rotate, "revoke": _revoke, "list": _list}[arguments.way]
    try:
        do(arguments)
    except ProblemsFoundError as error:
        print("\n".join(problem.text for problem in error.problems), file=sys.stderr)
        return NOT_DONE
    except NotFoundError as error:
        print(f"Finns inte: {error}", file=sys.stderr)
        return NOT_UNDERSTOOD
    return 0


def _create_arguments(parser: argparse.ArgumentParser) -> None:
    from provning.clients.scopes import CODES

    parser.add_argument("--name", required=True, metavar="NAMN")
    parser.add_argument(
        "--data", action="append", required=True, choices=CODES, help="vad klienten ser; flera går"
    )
    for word, what in (("organiser", "HUVUDMAN"), ("provider", "ANORDNARE"), ("unit", "ENHET")):
        parser.add_argument(
            f"--{word}", action="append", default=[], metavar=what, help="vems uppgifter: namnet"
        )
    parser.add_argument("--everything", action="store_true", help="allas uppgifter")
    parser.add_argument(
        "--protected",
        default="marked",
        choices=("hidden", "marked", "full"),
        help="personer med skyddade uppgifter: inte alls, utan namn och nummer (marked), helt",
    )
    parser.add_argument("--expires", type=date.fromisoformat, metavar="DATUM", help="sista dagen")
    parser.add_argument("--calls-per-minute", type=int, default=600, metavar="ANTAL")
    parser.add_argument("--certificate", default="", metavar="NAMN", help="certifikatet som krävs")
    parser.add_argument(
        "--certificate-alone", action="store_true", help="certifikatet räcker, utan token"
    )
    parser.add_argument("--issuer", default="", help="vem som utfärdar klientens token")
    parser.add_argument("--subject", default="", help="vad utfärdaren kallar klienten")


def _create(arguments: argparse.Namespace) -> None:
    from provning.clients.actions import create_client
    from provning.clients.rows import WayIn

    made = create_client(
        actor=OPERATOR,
        name=arguments.name,
        data_classes=arguments.data,
        reach=list(_reach(arguments)),
        protected_persons=arguments.protected,
        submission=uuid4(),
        now=datetime.now(UTC),
        today=today(),
        expires_on=arguments.expires,
        calls_per_minute=arguments.calls_per_minute,
        way_in=WayIn(
            arguments.certificate.strip(),
            arguments.certificate_alone,
            arguments.issuer.strip(),
            arguments.subject.strip(),
        ),
    )
    _show(made.client_id, made.secret)


def _rotate(arguments: argparse.Namespace) -> None:
    from provning.clients.actions import rotate_client

    made = rotate_client(
        actor=OPERATOR,
        client_id=arguments.id,
        overlap_hours=arguments.overlap_hours,
        submission=uuid4(),
        now=datetime.now(UTC),
    )
    _show(made.client_id, made.secret)


def _revoke(arguments: argparse.Namespace) -> None:
    from provning.clients.actions import revoke_client

    client = revoke_client(actor=OPERATOR, client_id=arguments.id, now=datetime.now(UTC))
    print(f"{client.name} är spärrad.")


def _list(_arguments: argparse.Namespace) -> None:
    from provning.clients.queries import clients_for

    for each in clients_for(OPERATOR):
        client = each.client
        if client.revoked_at:
            state = "spärrad"
        else:
            state = "gäller" if client.holds_on(today()) else "utgången"
        last = f"{each.last_called_at:%Y-%m-%d %H:%M}" if each.last_called_at else "aldrig"
        print(f"{client.id}  {client.name}  {state}  senaste anrop: {last}")


def _show(client_id: UUID, secret: str) -> None:
    print(f"client_id:     {client_id}")
    if secret:
        print(f"client_secret: {secret}")
        print("Hemligheten visas bara nu. Spara den där klienten läser den.", file=sys.stderr)


def _reach(arguments: argparse.Namespace) -> Iterator[Scope]:
    """Return the places that were named; raises `NotFoundError` for a name nobody has."""
    from provning.organisation.queries import organisers_for, providers_for, units_for

    right = Permission.MANAGE_ORGANISATION
    if arguments.everything:
        yield Scope(ScopeKind.EVERYTHING)
    known = {
        ScopeKind.ORGANISER: (arguments.organiser, organisers_for(OPERATOR, right)),
        ScopeKind.PROVIDER: (
            arguments.provider,
            [(each.id, each.name) for each in providers_for(OPERATOR, right)],
        ),
        ScopeKind.UNIT: (
            arguments.unit,
            [(each.id, each.name) for each in units_for(OPERATOR, right)],
        ),
    }
    for kind, (names, rows) in known.items():
        for name in names:
            found = [key for key, called in rows if name in {called, str(key)}]
            if len(found) != 1:
                raise NotFoundError(name)
            yield Scope(kind, found[0])
