"""Persons out of an IMS snapshot: planned as any persons, and their ids in that system learned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_noop

from provning.feeds.actions import learn_identities
from provning.feeds.ims.reading import read_snapshot
from provning.feeds.ims.rows import ImsPerson
from provning.feeds.queries import held_lists
from provning.imports.kind import ImportKind, Kept, Results
from provning.imports.kinds import person_writing, persons
from provning.imports.kinds.external_grades import source_system
from provning.imports.plans import Difference, Done, Field, Plan, Setting, SourceRow, Verdict
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem, refuse_if

NONE, MARKED = "Ingen", "Sekretessmarkering"
MOST_FAULTS = 100
IDENTITY = Field(
    "identity", gettext_noop("Id i det andra systemet"), gettext_noop("Elevens id i filen."), ""
)


def read(path: Path) -> Iterator[Mapping[str, str]]:
    """Give each person; raises `ProblemsFoundError` with everything that is wrong with the file.

    A snapshot is one whole: where a membership speaks of what is not there, nothing is certain.
    """
    refuse_faulty(path)
    with path.open("rb") as file:
        for part in read_snapshot(file):
            if isinstance(part, ImsPerson) and not part.deleted:
                yield _cells(part)


def plan(setting: Setting, rows: Sequence[SourceRow]) -> list[Plan]:
    """Say what would become of each person, and which ids are new."""
    plans = [_never_lowered(each) for each in persons.plan(setting, rows)]
    keys = [row.text("identity") for row in rows]
    held = held_lists(setting.organiser_id, source_system(setting), keys)
    return [
        _with_identity(each, key, held[key].person_id if key in held else None)
        for each, key in zip(plans, keys, strict=True)
    ]


def commit(setting: Setting, plans: Sequence[Plan]) -> Results:
    """Register and change the persons, and keep what the other system calls them."""
    revised = [each for each in plans if not each.data.get("identity_only")]
    results = dict(person_writing.commit(setting, revised))
    known = {each.number: each.person_id for each in plans}
    for number, answer in results.items():
        known[number] = UUID(str(answer["person"])) if answer.get("person") else known[number]
    learn_identities(
        actor=setting.actor,
        organiser_id=setting.organiser_id,
        source_system=source_system(setting),
        persons=[
            (str(each.data["identity"]), person_id)
            for each in plans
            if (person_id := known[each.number])
        ],
        now=datetime.now(UTC),
    )
    return {each.number: results.get(each.number, {"identity_only": True}) for each in plans}


def undo(setting: Setting, rows: Sequence[Done]) -> Kept:
    """Take the persons back; what another system calls somebody is no fact to undo."""
    return persons.KIND.undo(setting, [row for row in rows if "identity_only" not in row.result])


def refuse_faulty(path: Path) -> None:
    """Raise with every fault of the file."""
    with path.open("rb") as file:
        faults = [part for part in read_snapshot(file) if isinstance(part, Problem)]
    refuse_if(faults[:MOST_FAULTS])


def _cells(person: ImsPerson) -> Mapping[str, str]:
    """Return a person as a row of persons."""
    return {
        "identity_number": person.number,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "protection": MARKED if person.protected else "",
        "identity": person.id,
    }


def _never_lowered(plan_: Plan) -> Plan:
    """Let a protection that is there already be: the snapshot knows of one level alone."""
    protection = next((each for each in plan_.differences if each.field == "protection"), None)
    if plan_.verdict is not Verdict.CHANGED or protection is None or protection.before == NONE:
        return plan_
    revision: dict[str, str] = dict(plan_.data["revision"])  # type: ignore[call-overload] # plain JSON
    del revision["protection"]
    left = tuple(each for each in plan_.differences if each is not protection)
    verdict = Verdict.CHANGED if left else Verdict.UNCHANGED
    data = {**plan_.data, "revision": revision} if left else {}
    return replace(plan_, verdict=verdict, differences=left, data=data)


def _with_identity(plan_: Plan, key: str, known: UUID | None) -> Plan:
    """Add what the other system calls the person to a plan."""
    if plan_.verdict in {Verdict.NEW, Verdict.CHANGED}:
        return replace(plan_, data={**plan_.data, "identity": key})
    if plan_.verdict is not Verdict.UNCHANGED or known == plan_.person_id:
        return plan_
    return replace(
        plan_,
        verdict=Verdict.CHANGED,
        differences=(Difference("identity", "", key),),
        data={"identity": key, "identity_only": True},
    )


KIND = ImportKind(
    key="ims_persons",
    slug="personer-ims",
    label=gettext_noop("Personer ur IMS"),
    lead=gettext_noop(
        "Läs in en IMS-fil: personerna jämförs med registret, och deras id i det andra systemet"
        " kommer ihåg."
    ),
    permission=Permission.EXCHANGE_GRADES,
    wide=True,
    fields=(*persons.FIELDS, IDENTITY),
    plan=plan,
    commit=commit,
    undo=undo,
    read=read,
)
