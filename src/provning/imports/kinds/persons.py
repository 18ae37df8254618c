"""Persons: who is new in the register, and whose name, number, status or protection has changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_noop

from provning.imports import row_rules
from provning.imports.kind import ImportKind, Kept
from provning.imports.kinds.cells import day_of
from provning.imports.kinds.person_undo import undo
from provning.imports.kinds.person_writing import commit
from provning.imports.kinds.rows import first_match
from provning.imports.knowing import Known, Register, Written, doubt, read_written, register_for
from provning.imports.plans import NEW, Difference, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.identity import IdentityNumber
from provning.kernel.problems import Problem
from provning.people import rules as people_rules
from provning.people.names import sorted_name, tidy_name

__all__ = ["KIND", "Kept"]
REGISTER = Permission.REGISTER_PERSONS
REVISED = ("given_name", "family_name", "email", "protection", "status", "status_on")
FIELDS = (
    Field(
        "identity_number",
        gettext_noop("Personnummer"),
        gettext_noop("Tio eller tolv siffror, samordningsnummer, TF-nummer eller ärendenummer."),
        "18900101-9802",
        ("Personnr", "Pnr", "PNR", "Person-/samordningsnummer", "civicNo", "Identitetsnummer"),
        required=True,
    ),
    Field(
        "given_name",
        gettext_noop("Förnamn"),
        gettext_noop("Som i folkbokföringen. En tom cell ändrar ingenting."),
        "Alva",
        ("Förnamn(en)", "Tilltalsnamn", "Given name", "givenName", "Fornamn"),
    ),
    Field(
        "family_name",
        gettext_noop("Efternamn"),
        gettext_noop("Som i folkbokföringen. Den som har ett enda namn har bara det."),
        "Bergqvist",
        ("Family name", "familyName", "Surname"),
    ),
    Field(
        "name",
        gettext_noop("Elev"),
        gettext_noop("Efternamn, Förnamn i en kolumn, i stället för de två."),
        "",
        ("Namn", "Elevnamn", "Elevens namn", "Elev namn"),
    ),
    Field(
        "email",
        gettext_noop("E-post"),
        gettext_noop("En e-postadress."),
        "alva@exempel.se",
        ("E-postadress", "Epost", "Mail", "Mejl", "Email"),
    ),
    Field(
        "protection",
        gettext_noop("Skyddad identitet"),
        gettext_noop("Ingen, Sekretessmarkering eller Skyddad folkbokföring."),
        "Ingen",
        ("Skydd", "Skyddade personuppgifter", "Sekretess", "securityMarking"),
    ),
    Field(
        "status",
        gettext_noop("Status"),
        gettext_noop("Aktiv, Utvandrad eller Avliden."),
        "Aktiv",
        ("Personstatus", "personStatus"),
    ),
    Field(
        "status_on",
        gettext_noop("Dag för dödsfall eller utvandring"),
        gettext_noop("Som i folkbokföringen. Behövs när statusen ändras, inte för Aktiv."),
        "",
        ("Statusdag", "Dödsdatum", "Avlidendatum", "Utvandringsdatum"),
    ),
)


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row; two queries."""
    written = [read_written(row.text("identity_number"), setting.today) for row in rows]
    wanted = [_wanted(row) for row in rows]
    names = [(each.get("given_name", ""), each.get("family_name", "")) for each in wanted]
    register = register_for(setting, REGISTER, written, names)
    return [
        _plan(row, who, values, register)
        for row, who, values in zip(rows, written, wanted, strict=True)
    ]


def _wanted(row: SourceRow) -> dict[str, str]:
    """Return what the row says of a person; an empty cell says nothing."""
    values = {
        "given_name": tidy_name(row.text("given_name")),
        "family_name": tidy_name(row.text("family_name")),
        "email": row.text("email").strip(),
        "protection": first_match(people_rules.PROTECTIONS, row.text("protection")),
        "status": first_match(people_rules.STATUSES, row.text("status")),
    }
    day = day_of(row, "status_on")
    if isinstance(day, date) and values["status"] != people_rules.ACTIVE:
        values["status_on"] = day.isoformat()
    if not values["given_name"] and not values["family_name"]:
        family, _comma, given = tidy_name(row.text("name")).partition(",")
        values |= {"given_name": given.strip(), "family_name": family.strip()}
    return {key: value for key, value in values.items() if value}


def _plan(row: SourceRow, who: Written, wanted: dict[str, str], register: Register) -> Plan:
    """Say what would become of one row."""
    name = sorted_name(wanted.get("given_name", ""), wanted.get("family_name", ""))
    base = Plan(
        row.number,
        Verdict.REFUSED,
        what=name,
        key=who.key,
        protected=wanted.get("protection", people_rules.PROTECTIONS[0])
        != people_rules.PROTECTIONS[0],
    )
    day = day_of(row, "status_on")
    unread = [day] if isinstance(day, Problem) else []
    problems = [*who.problems, *_value_problems(wanted), *unread]
    if problems:
        owners = register.owners(who)
        return replace(base, problems=tuple(problems), person_id=owners[0].id if owners else None)
    owners = register.owners(who)
    if owners:
        return _known(base, row, owners, wanted, name)
    if who.number is None:
        return replace(base, problems=(row_rules.unknown_case_number(),))
    if who.number.normal in register.taken:
        return replace(base, problems=(people_rules.number_taken(who.number.display),))
    return _unknown(base, row, who.number, wanted, register)


def _value_problems(wanted: dict[str, str]) -> list[Problem]:
    """Say what is wrong with the values, apart from who it is."""
    given, family = wanted.get("given_name", ""), wanted.get("family_name", "")
    none = people_rules.PROTECTIONS[0]
    problems = people_rules.person_problems(
        given or family or "-", family, wanted.get("protection", none), wanted.get("email", "")
    )
    if "status" in wanted:
        problems += people_rules.status_problems(wanted["status"])
    return problems


def _known(
    base: Plan, row: SourceRow, owners: list[Known], wanted: dict[str, str], name: str
) -> Plan:
    """Plan a row whose number somebody has, or has had."""
    chosen = next((each for each in owners if str(each.id) == row.choice), None)
    if len(owners) > 1 and chosen is None:
        asked = (row_rules.former_number(len(owners)),)
        ids = tuple(each.id for each in owners)
        return replace(base, verdict=Verdict.CHOICE, problems=asked, candidates=ids)
    known = chosen or owners[0]
    base = replace(base, person_id=known.id, protected=base.protected or known.protected)
    if known.masked:
        return replace(base, problems=(row_rules.masked_person(),))
    question = doubt(known, name) if chosen is None else None
    if question:
        ids = (known.id,)
        return replace(base, verdict=Verdict.CHOICE, problems=(question,), candidates=ids)
    return _revised(base, known, wanted, "")


def _unknown(
    base: Plan,
    row: SourceRow,
    number: IdentityNumber,
    wanted: dict[str, str],
    register: Register,
) -> Plan:
    """Plan a row whose number nobody has had: new, or somebody whose number is new."""
    given, family = wanted.get("given_name", ""), wanted.get("family_name", "")
    alike = register.alike(given, family, number.birth_date)
    same = next((each for each in alike if str(each.id) == row.choice), None)
    if same:
        found = replace(base, person_id=same.id, protected=base.protected or same.protected)
        return _revised(found, same, wanted, number.normal)
    problems = people_rules.name_problems(given, family)
    if problems:
        return replace(base, problems=tuple(problems))
    if alike and row.choice != NEW:
        return replace(
            base,
            verdict=Verdict.CHOICE,
            problems=(row_rules.alike(base.what),),
            candidates=tuple(sorted(each.id for each in alike)),
            may_be_new=True,
        )
    missing = _day_missing(wanted)
    if missing:
        return replace(base, problems=tuple(missing))
    entry = {"identity_number": number.normal, "given_name": "", "family_name": "", **wanted}
    return replace(base, verdict=Verdict.NEW, data={"entry": entry})


def _revised(base: Plan, known: Known, wanted: dict[str, str], number: str) -> Plan:
    """Plan the changes of somebody whom the register has, field by field."""
    before = {key: getattr(known, key) for key in REVISED}
    changes = {key: value for key, value in wanted.items() if before[key] != value}
    if changes.get("status") == people_rules.ACTIVE and known.status_on:
        changes["status_on"] = ""
    differences = [Difference(key, before[key], value) for key, value in changes.items()]
    if number:
        differences.append(Difference("identity_number", known.number, number))
    if not differences:
        return replace(base, verdict=Verdict.UNCHANGED)
    missing = _day_missing(changes)
    if missing:
        return replace(base, problems=tuple(missing))
    data = {"version": known.version, "revision": changes, "number": number}
    return replace(base, verdict=Verdict.CHANGED, differences=tuple(differences), data=data)


def _day_missing(values: dict[str, str]) -> list[Problem]:
    """Refuse a new status without its day, as the screen does; other faults the action finds."""
    if values.get("status", people_rules.ACTIVE) == people_rules.ACTIVE or "status_on" in values:
        return []
    return [people_rules.status_day_missing()]


KIND = ImportKind(
    key="persons",
    slug="personer",
    label=gettext_noop("Personer"),
    lead=gettext_noop(
        "Lägg upp nya personer och ändra namn, nummer, skydd och status för dem som finns."
    ),
    permission=REGISTER,
    wide=True,
    fields=FIELDS,
    plan=plan,
    commit=commit,
    undo=undo,
)
