"""Staff: who serves at which unit, as teacher or principal, with which subjects."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.access.actions import log_number_search
from provning.exams.models import ExamGroup
from provning.imports import row_rules
from provning.imports.kind import ImportKind, Kept, Results
from provning.imports.kinds import staff_accounts
from provning.imports.kinds.cells import day_of, needed_day, truth_of, wrong
from provning.imports.kinds.rows import at_rows, first_match
from provning.imports.kinds.staff_fields import FIELDS
from provning.imports.knowing import PLACE, read_written
from provning.imports.plans import Difference, Done, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem
from provning.organisation.queries import UnitRow, units_for
from provning.people.actions import end_duty, give_duty, take_back_duties
from provning.people.models import Duty, Person, PersonNumber
from provning.people.names import shares_a_word, spoken_name
from provning.people.rules import (
    DUTY_ROLES,
    duty_end_problems,
    duty_problems,
    overlaps,
    staff_other_name,
)

MANAGE = Permission.MANAGE_ORGANISATION


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rows need to know, read at once."""

    units: dict[str, UnitRow]
    owners: dict[str, UUID]
    names: dict[UUID, str]
    duties: dict[tuple[UUID, UUID, str], list[Duty]]
    accounts: staff_accounts.Accounts


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each row; a constant number of queries."""
    written = [read_written(row.text("identity_number"), setting.today) for row in rows]
    numbers = {each.number.normal for each in written if each.number}
    names = [staff_accounts.name_in(row.text(staff_accounts.FIELD)) for row in rows]
    facts = _facts(setting, numbers, {each for each in names if each})
    return [
        staff_accounts.with_account(
            _plan(row, list(who.problems), facts.owners.get(who.key), facts),
            name,
            facts.accounts,
            setting,
        )
        for row, who, name in zip(rows, written, names, strict=True)
    ]


def _facts(setting: Setting, numbers: set[str], names: set[str]) -> Facts:
    units = {
        each.name.casefold(): each
        for each in units_for(setting.actor, MANAGE)
        if each.organiser_id == setting.organiser_id
    }
    current = PersonNumber.objects.filter(number__in=numbers, valid_to__isnull=True)
    owners = dict(current.values_list("number", "person_id"))
    duties: dict[tuple[UUID, UUID, str], list[Duty]] = {}
    held = Duty.objects.filter(
        person__in=list(owners.values()), unit__in=[each.id for each in units.values()]
    )
    for each in held:
        duties.setdefault((each.person_id, each.unit_id, each.role), []).append(each)
    _log_beyond(setting, owners, {person for person, _unit, _role in duties})
    accounts = staff_accounts.read_accounts(setting, names, list(owners.values()))
    return Facts(units, owners, _names(owners.values()), duties, accounts)


def _names(persons: Iterable[UUID]) -> dict[UUID, str]:
    """Return the register's names, to hold the file's against; they are never told."""
    found = Person.objects.filter(pk__in=list(persons))
    rows = found.values_list("pk", "given_name", "family_name")
    return {pk: spoken_name(given, family) for pk, given, family in rows}


def _log_beyond(setting: Setting, owners: dict[str, UUID], served: set[UUID]) -> None:
    """Write down the numbers of those who do not serve here, as a search for them is."""
    beyond = [number for number, person in owners.items() if person not in served]
    if beyond:
        log_number_search(actor=setting.actor, place=PLACE, numbers=beyond)


def _plan(row: SourceRow, problems: list[Problem], person: UUID | None, facts: Facts) -> Plan:
    """Say what would become of one row."""
    unit = facts.units.get(row.text("unit").strip().casefold())
    start, end = needed_day(row, "start_date"), day_of(row, "end_date")
    registered = truth_of(row, "registered")
    problems += wrong(start, end, registered)
    if not problems and person is None:
        problems.append(row_rules.unknown_staff())
    elif person and not shares_a_word(facts.names[person], row.text("name")):
        problems.append(staff_other_name())
    if unit is None:
        problems.append(row_rules.unknown_place("unit", row.text("unit")))
    base = Plan(row.number, Verdict.REFUSED, what=row.text("name"), person_id=person)
    if problems or unit is None or person is None or isinstance(start, Problem):
        return replace(base, problems=tuple(problems))
    if isinstance(end, Problem) or isinstance(registered, Problem):
        return replace(base, problems=tuple(problems))
    role = first_match(DUTY_ROLES, row.text("role"))
    base = replace(base, key=f"{person}:{unit.id}:{role}")
    held = facts.duties.get((person, unit.id, role), [])
    same = [each for each in held if overlaps(start, end, [(each.start_date, each.end_date)])]
    if same:
        return _ended(base, same[0], end)
    subjects = " ".join(row.text("subjects").replace(",", " ").replace(";", " ").split())
    found = duty_problems(role, subjects, start, end, held=[])
    if found:
        return replace(base, problems=tuple(found))
    data = {
        "unit": str(unit.id),
        "role": role,
        "registered": registered,
        "subjects": subjects,
        "start": start.isoformat(),
        "end": end.isoformat() if end else "",
    }
    return replace(base, verdict=Verdict.NEW, data=data)


def _ended(base: Plan, duty: Duty, end: date | None) -> Plan:
    """Plan a duty that is held: it ends when the file says so, and is else as it is."""
    base = replace(base, data={"held": str(duty.id), "unit": str(duty.unit_id)})
    if end is None or end == duty.end_date:
        return replace(base, verdict=Verdict.UNCHANGED)
    problems = duty_end_problems(duty.start_date, end)
    if problems:
        return replace(base, problems=tuple(problems))
    before = duty.end_date.isoformat() if duty.end_date else ""
    return replace(
        base,
        verdict=Verdict.CHANGED,
        differences=(Difference("end_date", before, end.isoformat()),),
        data={**base.data, "duty": str(duty.id), "end": end.isoformat(), "before": before},
    )


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Give the new duties, end others, and link the accounts that the file names."""
    results: Results = {}
    for each in plans:
        with at_rows([each]):
            results[each.number] = _done(setting, each)
            staff_accounts.link(setting, each)
    return results


def _done(setting: Setting, plan_: Plan) -> dict[str, str]:
    """Give or end the row's duty; return which it is, and where."""
    if plan_.verdict is not Verdict.NEW and "duty" not in plan_.data:
        return {"duty": str(plan_.data["held"]), "unit": str(plan_.data["unit"])}
    duty = (_give if plan_.verdict is Verdict.NEW else _end)(setting, plan_)
    return {"duty": str(duty.id), "unit": str(duty.unit_id)}


def _give(setting: Setting, plan_: Plan) -> Duty:
    data = {key: str(value) for key, value in plan_.data.items()}
    return give_duty(
        actor=setting.actor,
        person_id=UUID(str(plan_.person_id)),
        unit_id=UUID(data["unit"]),
        role=data["role"],
        registered_teacher=bool(plan_.data["registered"]),
        subjects=data["subjects"],
        start_date=date.fromisoformat(data["start"]),
        end_date=date.fromisoformat(data["end"]) if data["end"] else None,
    )


def _end(setting: Setting, plan_: Plan) -> Duty:
    last_day = date.fromisoformat(str(plan_.data["end"]))
    return end_duty(actor=setting.actor, duty_id=UUID(str(plan_.data["duty"])), last_day=last_day)


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take new duties back where no group rests on them; an end can only be moved, not undone.

    A link goes with its row, when the account is still that person's.
    """
    pairs = {
        (str(teacher), str(unit))
        for teacher, unit in ExamGroup.objects.filter(
            grading_teacher__in=[row.person_id for row in rows if row.person_id]
        ).values_list("grading_teacher_id", "unit_id")
    }
    kept: Kept = {
        row.number: [row_rules.duty_used()]
        for row in rows
        if _touches_duty(row)
        and ((str(row.person_id), str(row.result["unit"])) in pairs or not _can_go(row))
    }
    back = [row for row in rows if row.number not in kept]
    staff_accounts.unlink(setting, back)
    for row in back:
        if row.verdict is not Verdict.CHANGED or not _touches_duty(row):
            continue
        end_duty(
            actor=setting.actor,
            duty_id=UUID(str(row.data["duty"])),
            last_day=date.fromisoformat(str(row.data["before"])),
        )
    new = [UUID(str(row.result["duty"])) for row in back if row.verdict is Verdict.NEW]
    present = Duty.objects.filter(pk__in=new).values_list("pk", flat=True)
    take_back_duties(actor=setting.actor, duty_ids=list(present))
    return kept


def _touches_duty(row: Done) -> bool:
    """Say whether a row gave or ended a duty, and did not only link an account."""
    return row.verdict is Verdict.NEW or "duty" in row.data


def _can_go(row: Done) -> bool:
    """Say whether what was done has a way back: a duty that had no end cannot be given none."""
    return row.verdict is Verdict.NEW or bool(row.data["before"])


KIND = ImportKind(
    key="staff",
    slug="personal",
    label=gettext_noop("Personal"),
    lead=gettext_noop("Lägg upp lärares och rektorers tjänster vid enheterna."),
    permission=MANAGE,
    wide=True,
    fields=FIELDS,
    plan=plan,
    commit=commit,
    undo=undo,
    shows_person=False,
    links_accounts=True,
)
