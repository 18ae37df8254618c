"""The database: that it answers, its version and settings, its tables, the trail's end."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from provning.audit.queries import verify_end
from provning.operations.finding import Finding, fault, well

LEAST_SQLITE, LEAST_POSTGRESQL = (3, 35), 14
WAITED_PRAGMA = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
"""Readers beside a writer, nothing lost in a power cut, relations that hold."""
LOOKED_AT = 500
"""So many events of the trail's end are looked at; `audit verify` walks all of it."""


def database() -> Iterator[Finding]:
    """Look whether the database answers; nothing is made where there is none."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and not connection.in_atomic_block and not Path(name).exists():
        yield fault(
            "database",
            _("Databasen %(name)s finns inte.") % {"name": name},
            _("Kontrollera DATABASE_URL och PROVNING_DATA_DIR. En ny installation får sin databas "
              "av ./prov serve."),
        )  # fmt: skip
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        yield fault(
            "database",
            _("Databasen %(name)s svarar inte: %(error)s")
            % {"name": name, "error": str(error).splitlines()[0]},
            _("Kontrollera att databasen är i gång och att DATABASE_URL stämmer."),
        )
        return
    yield well("database", _("Databasen %(name)s svarar.") % {"name": name})


def version() -> Iterator[Finding]:
    """Look whether the database is one that the program is tested on."""
    if connection.vendor == "sqlite":
        old = sqlite3.sqlite_version_info[:2] < LEAST_SQLITE
        said = f"SQLite {sqlite3.sqlite_version}"
    else:
        number = connection.pg_version // 10000  # type: ignore[attr-defined] # PostgreSQL's own
        old, said = number < LEAST_POSTGRESQL, f"PostgreSQL {number}"
    if old:
        yield fault(
            "database_version",
            _("%(database)s är för gammal.") % {"database": said},
            _("Uppgradera till minst PostgreSQL 14 eller SQLite 3.35."),
        )
    else:
        yield well("database_version", said)


def pragmas() -> Iterator[Finding]:
    """Look whether SQLite is set up so that nothing is lost."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for name, wanted in WAITED_PRAGMA.items():
            cursor.execute(f"PRAGMA {name}")
            found = str(cursor.fetchone()[0]).lower()
            if found != wanted:
                yield fault(
                    "pragma",
                    _("SQLite har %(name)s=%(found)s i stället för %(wanted)s.")
                    % {"name": name, "found": found, "wanted": wanted},
                    _("Lägg databasen på en lokal disk, inte en nätverksmapp, och starta om."),
                )


def migrations() -> Iterator[Finding]:
    """Look whether the tables are this program's: neither older nor newer."""
    unknown, waiting = migration_state()
    if unknown:
        yield fault(
            "newer",
            _("Databasen hör till ett nyare program än detta (%(name)s).") % {"name": unknown[0]},
            _("Starta det nyare programmet igen, eller återläs säkerhetskopian från före "
              "uppgraderingen: ./prov restore FIL --replace"),
        )  # fmt: skip
    if waiting:
        yield fault(
            "migrations",
            _("%(count)s ändringar av databasens tabeller är inte gjorda.")
            % {"count": len(waiting)},
            _("Ta en säkerhetskopia (./prov backup) och kör ./prov upgrade"),
        )
    if not unknown and not waiting:
        yield well("migrations", _("Databasens tabeller hör till det här programmet."))


def migration_state() -> tuple[list[str], list[str]]:
    """Return the migrations that this program lacks, and those that the database lacks."""
    loader = MigrationExecutor(connection).loader
    applied, known = set(loader.applied_migrations), set(loader.disk_migrations)
    named = [sorted(".".join(each) for each in some) for some in (applied - known, known - applied)]
    return named[0], named[1]


def trail() -> Iterator[Finding]:
    """Look at the end of the trail, where tampering is nearest at hand."""
    report = verify_end(LOOKED_AT)
    if report.fault:
        yield fault(
            "trail",
            _("Händelseloggen håller inte: %(fault)s.") % {"fault": report.fault},
            _("Rör ingenting. Kör ./prov audit verify, spara utskriften och följ handbokens "
              "kapitel om incidenter."),
        )  # fmt: skip
    else:
        yield well(
            "trail",
            _("Händelseloggens senaste %(count)s händelser håller ihop.")
            % {"count": report.events},
        )
