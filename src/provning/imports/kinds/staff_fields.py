"""The columns of a file of staff."""

from dataclasses import replace

from django.utils.translation import gettext_noop

from provning.imports.kinds import staff_accounts
from provning.imports.kinds.cells import NAME, PERSON
from provning.imports.plans import Field

FIELDS = (
    PERSON,
    replace(
        NAME,
        label=gettext_noop("Namn"),
        hint=gettext_noop("Namnet, till kontroll av numret."),
        aliases=("Lärare", "Medarbetare"),
    ),
    Field(
        "unit",
        gettext_noop("Skolenhet"),
        gettext_noop("Enhetens namn."),
        "Komvux Centrum",
        ("Enhet", "Skola"),
        required=True,
    ),
    Field(
        "role",
        gettext_noop("Tjänst"),
        gettext_noop("Lärare eller Rektor."),
        "Lärare",
        ("Roll", "Befattning", "dutyRole"),
        required=True,
    ),
    Field(
        "registered",
        gettext_noop("Legitimation"),
        gettext_noop("Ja när läraren har lärarlegitimation."),
        "Ja",
        ("Legitimerad", "Lärarlegitimation"),
    ),
    Field(
        "subjects",
        gettext_noop("Ämnen"),
        gettext_noop("Ämneskoder som legitimationen omfattar, med mellanslag mellan."),
        "MAT ENG",
        ("Ämneskoder", "Behörighet"),
    ),
    Field(
        "start_date",
        gettext_noop("Tjänst från"),
        gettext_noop("Första dagen, som ÅÅÅÅ-MM-DD."),
        "2026-08-17",
        ("Fr.o.m.", "Startdatum", "Anställd från"),
        required=True,
    ),
    Field(
        "end_date",
        gettext_noop("Tjänst till"),
        gettext_noop("Sista dagen, tom när den inte är känd."),
        "",
        ("T.o.m.", "Slutdatum", "Anställd till"),
    ),
    Field(
        staff_accounts.FIELD,
        gettext_noop("Användarnamn"),
        gettext_noop("Kontot som är personens, när det ska kopplas i samma gång."),
        "karin.wallgren",
        ("Konto", "Användare", "Användar-id"),
    ),
)
