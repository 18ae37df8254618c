"""Placements out of an IMS snapshot: the learners' memberships, planned as any placements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext_noop

from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, RoleType
from provning.feeds.queries import held_lists
from provning.imports import row_rules
from provning.imports.kinds import placements
from provning.imports.kinds.cells import refused
from provning.imports.kinds.external_grades import source_system
from provning.imports.kinds.ims_persons import IDENTITY, refuse_faulty
from provning.imports.plans import Plan, Setting, SourceRow
from provning.people.models import PersonNumber


def read(path: Path) -> Iterator[Mapping[str, str]]:
    """Give each learner's membership; raises `ProblemsFoundError` with every fault of the file.

    Groups of other kinds are given too: what a row's group is worth is told row by row.
    """
    refuse_faulty(path)
    persons: dict[str, ImsPerson] = {}
    groups: dict[str, ImsGroup] = {}
    with path.open("rb") as file:
        for part in read_snapshot(file):
            if isinstance(part, ImsPerson):
                persons[part.id] = part
            elif isinstance(part, ImsGroup):
                groups[part.id] = part
            elif isinstance(part, ImsMember) and _is_learner(part):
                person, group = persons[part.member], groups[part.group]
                if not (person.deleted or group.deleted):
                    yield _cells(part, person, group)


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row; whom the file gives no number is found by their id."""
    keys = [row.text("identity") for row in rows if not row.text("identity_number")]
    held = held_lists(setting.organiser_id, source_system(setting), keys)
    numbers = dict(
        PersonNumber.objects.filter(
            person__in=[each.person_id for each in held.values()], valid_to=None
        ).values_list("person_id", "number")
    )
    by_key = {key: numbers.get(each.person_id, "") for key, each in held.items()}
    plans = placements.plan(setting, [_numbered(row, by_key) for row in rows])
    return [_told(row, each) for row, each in zip(rows, plans, strict=True)]


def _is_learner(member: ImsMember) -> bool:
    """Say whether a membership is a person's who is taught or examined, and holds."""
    standing = member.active and not member.deleted and not member.is_group
    return standing and member.role == RoleType.LEARNER


def _cells(member: ImsMember, person: ImsPerson, group: ImsGroup) -> Mapping[str, str]:
    """Return a membership as a row of placements."""
    return {
        "identity_number": person.number,
        "name": f"{person.given_name} {person.family_name}".strip(),
        "group": group.name,
        "exam_date": member.begin.isoformat() if member.begin else "",
        "until": member.end.isoformat() if member.end else "",
        "identity": person.id,
    }


def _numbered(row: SourceRow, numbers: Mapping[str, str]) -> SourceRow:
    """Return a row with the register's number where the file has none."""
    if row.text("identity_number"):
        return row
    number = numbers.get(row.text("identity"), "")
    return replace(row, cells={**row.cells, "identity_number": number})


def _told(row: SourceRow, plan_: Plan) -> Plan:
    """Say the same of whoever has no number in the file and is not found, known elsewhere or not.

    Otherwise the answer would tell that somebody out of reach is in the register.
    """
    if row.text("identity_number") or plan_.candidates:
        return plan_
    unknown = replace(row_rules.external_unknown(row.text("identity")), field="identity")
    others = [each for each in plan_.problems if each.field != "identity_number"]
    return refused(plan_, [unknown, *others])


KIND = replace(
    placements.KIND,
    key="ims_placements",
    slug="placeringar-ims",
    label=gettext_noop("Placeringar ur IMS"),
    lead=gettext_noop(
        "Läs in en IMS-fil: elevernas medlemskap i prövningsgrupperna jämförs med placeringarna."
    ),
    fields=(*placements.KIND.fields, IDENTITY),
    plan=plan,
    read=read,
)
