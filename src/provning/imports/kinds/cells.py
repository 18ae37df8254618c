"""Cells that several kinds read: the person, the group, the day, a yes or a no."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_noop

from provning.exams.models import ExamGroup
from provning.exams.queries.scope import group_scope
from provning.imports import row_rules
from provning.imports.knowing import Known, Register, Written, doubt
from provning.imports.plans import Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.group_name_repair import repair
from provning.kernel.problems import Problem
from provning.tables import read_date

PERSON = Field(
    "identity_number",
    gettext_noop("Personnummer"),
    gettext_noop("Tio eller tolv siffror, samordningsnummer, TF-nummer eller ärendenummer."),
    "18900101-9802",
    ("Personnr", "Pnr", "Person-/samordningsnummer", "civicNo", "Identitetsnummer"),
    required=True,
)
NAME = Field(
    "name",
    gettext_noop("Elev"),
    gettext_noop("Namnet, till kontroll av numret. Det ändras inte."),
    "Bergqvist, Alva",
    ("Namn", "Elevnamn", "Elevens namn"),
)
GROUP = Field(
    "group",
    gettext_noop("Grupp"),
    gettext_noop("Prövningsgruppens namn, med PRÖ: först."),
    "PRÖ:KC26HTMAT03B",
    ("Gruppnamn", "Prövningsgrupp", "Kursgrupp", "Undervisningsgrupp"),
    required=True,
)
UNIT = Field(
    "unit",
    gettext_noop("Skolenhet"),
    gettext_noop("Behövs bara när flera enheter har en grupp med samma namn."),
    "",
    ("Enhet", "Skola"),
)
EXAM_DATE = Field(
    "exam_date",
    gettext_noop("Prövningsdatum"),
    gettext_noop("Dagen för prövningen, som ÅÅÅÅ-MM-DD."),
    "2026-11-12",
    ("Fr.o.m.", "From", "Startdatum", "Datum", "Betygsdatum"),
    required=True,
)
YES = frozenset({"ja", "j", "x", "1", "sant", "true", "yes"})
NO = frozenset({"", "nej", "n", "0", "falskt", "false", "no"})


class Groups:
    """The groups that some rows name, within the reach of whoever imports; one query."""

    def __init__(self, setting: Setting, permission: Permission, rows: Iterable[SourceRow]) -> None:
        """Read them."""
        names = {group_name(row) for row in rows}
        found = ExamGroup.objects.filter(
            group_scope(setting.actor, permission), name__in=names - {""}
        ).select_related("unit", "course", "grading_teacher")
        if setting.provider_id:
            found = found.filter(unit__provider=setting.provider_id)
        self.by_name: dict[str, list[ExamGroup]] = {}
        for each in found.order_by("pk"):
            self.by_name.setdefault(each.name, []).append(each)

    def of(self, row: SourceRow) -> ExamGroup | Problem:
        """Return the group that a row names, or why it is none."""
        name, unit = group_name(row), row.text("unit").strip().casefold()
        if not name:
            return row_rules.missing("group")
        found = [
            each for each in self.by_name.get(name, ()) if unit in {"", each.unit.name.casefold()}
        ]
        if len(found) > 1:
            return row_rules.several_groups(name)
        return found[0] if found else _no_group(name)


def group_name(row: SourceRow) -> str:
    """Return the name of the group as it is stored: composed, without outer spaces."""
    return unicodedata.normalize("NFC", row.text("group")).strip()


def day_of(row: SourceRow, key: str) -> date | Problem | None:
    """Return a row's day, None for an empty cell, or why it cannot be read."""
    return read_date(row.text(key), field=key) if row.text(key).strip() else None


def needed_day(row: SourceRow, key: str) -> date | Problem:
    """Return a row's day, or why it cannot be read; an empty cell is a problem."""
    found = day_of(row, key)
    return row_rules.missing(key) if found is None else found


def truth_of(row: SourceRow, key: str) -> bool | Problem:
    """Return a yes or a no; an empty cell is a no."""
    written = row.text(key).strip().casefold()
    if written in YES:
        return True
    return False if written in NO else row_rules.not_a_value(key, row.text(key), "Ja / Nej")


def person_of(
    row: SourceRow, who: Written, register: Register, *, name: str = ""
) -> Known | list[Problem]:
    """Return whom a row speaks of, or why nobody; a doubt that is answered is none."""
    if who.problems:
        return list(who.problems)
    owners = register.owners(who)
    if not owners:
        unknown = row_rules.unknown_person() if who.number else row_rules.unknown_case_number()
        return [unknown]
    chosen = next((each for each in owners if str(each.id) == row.choice), None)
    if chosen:
        return chosen
    if len(owners) > 1:
        return [row_rules.former_number(len(owners))]
    question = doubt(owners[0], name or row.text("name"))
    return [question] if question else owners[0]


def base_plan(row: SourceRow, owners: Sequence[Known], what: str) -> Plan:
    """Return what is known of a row whatever becomes of it: refused, until it is planned."""
    return Plan(
        row.number,
        Verdict.REFUSED,
        what=what or row.text("name"),
        person_id=owners[0].id if len(owners) == 1 else None,
        protected=any(each.protected for each in owners),
        candidates=tuple(each.id for each in owners),
    )


def refused(base: Plan, problems: Sequence[Problem]) -> Plan:
    """Return a row that cannot be taken in, or that only waits for an answer."""
    verdict = Verdict.CHOICE if is_question(problems) else Verdict.REFUSED
    return replace(base, verdict=verdict, problems=tuple(problems))


def is_question(problems: Collection[Problem]) -> bool:
    """Say whether all that stands against a row is something a person can answer."""
    asked = {"import-former-number", "import-other-name"}
    return bool(problems) and all(each.code in asked for each in problems)


def wrong(*values: object) -> Iterator[Problem]:
    """Give those of the values that are problems."""
    for value in values:
        if isinstance(value, Problem):
            yield value
        elif isinstance(value, list):
            yield from value


def named(text: str, field: str) -> Q:
    """Return the condition that a name is written as it stands, whatever its case."""
    return Q(**{f"{field}__iexact": text.strip()})


def _no_group(name: str) -> Problem:
    """Say what is wrong with the name when it is a near miss, else that there is no such group."""
    near = repair(name).problems
    return near[0] if near else row_rules.unknown_group(name)
