"""Small municipalities at random, stored as rows, and what is known of them in plain Python."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from provning.accounts.roles import ALL_ROLES, ROLES
from provning.applications.models import RegistrationRequest
from provning.exams.models import ExamGroup
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.people.models import Enrolment, Person, PersonNumber
from tests.grading import world
from tests.grading.decided import decide

SENT = datetime(2026, 10, 1, 8, 0, tzinfo=UTC)
NOT_ENROLLED_BEFORE = "201212121212"
FEW = st.integers(0, 3)
NOWHERE = UUID(int=0)
READER = "läsaren"
"""The account of who reads."""


@dataclass(frozen=True)
class Somebody:
    """A person: where they are enrolled (providers), serve (units) and are placed (groups)."""

    id: UUID
    texts: tuple[str, ...]
    protected: bool = False
    enrolled: frozenset[UUID] = frozenset()
    serves: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Group:
    """A group: unit, teacher, request, whom each placement places and each decision grades."""

    id: UUID
    unit: UUID
    teacher: UUID
    placed: dict[UUID, UUID]
    decided: dict[UUID, UUID]
    request: UUID
    request_text: str


@dataclass(frozen=True)
class Paper:
    """One thing: its kind, where it is (unit, provider or organiser), whom it speaks of, its words.

    `secret` says that it speaks of somebody protected; `owner` is the account it belongs to,
    `signer` the person who signs the whole of it.
    """

    kind: str
    id: UUID
    words: tuple[str, ...] = ()
    at: UUID = NOWHERE
    person: UUID | None = None
    other: UUID | None = None
    secret: bool = False
    owner: str = ""
    signer: UUID | None = None


@dataclass
class Drawn:
    """A municipality: providers by unit, organisers by provider, persons, groups and an actor."""

    provider_of: dict[UUID, UUID] = field(default_factory=dict)
    organiser_of: dict[UUID, UUID] = field(default_factory=dict)
    persons: dict[UUID, Somebody] = field(default_factory=dict)
    groups: dict[UUID, Group] = field(default_factory=dict)
    actors: list[Actor] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


@dataclass(frozen=True)
class Examinee:
    """What is drawn of an examinee: numbers that choose providers and groups, by remainder."""

    protected: bool
    enrolled: int
    placed: int | None
    decided: bool


@dataclass(frozen=True)
class Reader:
    """What is drawn of an actor: roles with their kind and place, and whom they have opened."""

    grants: tuple[tuple[int, int, int], ...]
    person: int
    opened: int | None


@dataclass(frozen=True)
class Plan:
    """What is drawn: the units of each provider, the examinees and the actors."""

    units: tuple[int, ...]
    examinees: tuple[Examinee, ...]
    readers: tuple[Reader, ...]


def _tuples(of: st.SearchStrategy[Any], low: int, high: int) -> st.SearchStrategy[Any]:
    return st.lists(of, min_size=low, max_size=high).map(tuple)


PLANS = st.builds(
    Plan,
    _tuples(st.integers(1, 3), 2, 4),
    _tuples(
        st.builds(Examinee, st.booleans(), st.integers(0, 9), st.none() | FEW, st.booleans()), 4, 7
    ),
    _tuples(
        st.builds(
            Reader,
            _tuples(st.tuples(st.integers(0, len(ALL_ROLES) - 1), FEW, st.integers(0, 9)), 1, 2),
            st.integers(0, 9),
            st.none() | st.integers(0, 1),
        ),
        2,
        2,
    ),
)


def store(plan: Plan) -> Drawn:
    """Store the municipality, and a neighbour with its own provider beside it."""
    town = Drawn()
    for which, counts in enumerate((plan.units, (1,))):
        organiser = Organiser.objects.create(
            name=f"Ort {which}", municipality_code=f"019{which}", municipality_name=f"Ort {which}"
        )
        for count in counts:
            _provider(town, organiser, count)
    for examinee in plan.examinees:
        _examinee(town, examinee)
    town.actors = [_actor(town, reader) for reader in plan.readers]
    return town


def centre(town: Drawn, opened: frozenset[UUID] | None) -> Actor:
    """Return Vuxenutbildningscentrum of the first organiser, who has the right to all there."""
    scope = Scope(ScopeKind.ORGANISER, next(iter(town.organiser_of.values())))
    role = ROLES["adult_education_centre"]
    grant = Grant(role.code, scope, role.permissions)
    return Actor("centrum", "Centrum", role.code, (grant,), None, opened)


def _provider(town: Drawn, organiser: Organiser, count: int) -> None:
    number = len(town.organiser_of)
    provider = Provider.objects.create(
        organiser=organiser, name=f"Anordnare {number}", kind="internal"
    )
    town.organiser_of[provider.pk] = organiser.pk
    for _ in range(count):
        serial = len(town.provider_of)
        unit = SchoolUnit.objects.create(
            provider=provider, name=f"Enhet {serial}", code=f"{10000000 + serial}"
        )
        town.provider_of[unit.pk] = provider.pk
        _group(town, unit)


def _group(town: Drawn, unit: SchoolUnit) -> None:
    serial = len(town.groups)
    teacher = world.teacher(unit, f"Lärarnamn{serial}x")
    group = world.group(unit, teacher)
    text = f"Begärd{serial}x"
    request = RegistrationRequest.objects.create(
        group=group,
        identity_number=NOT_ENROLLED_BEFORE,
        given_name=text,
        exam_date=world.EXAM,
        sent_at=SENT,
        sent_by_id="någon",
        sent_by_name="Någon",
    )
    serves = frozenset({unit.pk})
    texts = (teacher.given_name, *_number_of(teacher))
    town.persons[teacher.pk] = Somebody(teacher.pk, texts, serves=serves)
    town.groups[group.pk] = Group(group.pk, unit.pk, teacher.pk, {}, {}, request.pk, text)


def _examinee(town: Drawn, drawn: Examinee) -> None:
    serial = len(town.persons)
    stored = world.person(f"Förnamn{serial}x", f"Efternamn{serial}x", protected=drawn.protected)
    enrolled = set()
    if drawn.placed is not None:
        group = _chosen(town.groups, drawn.placed + drawn.enrolled)
        _place(town, group, stored, decided=drawn.decided)
        enrolled.add(town.provider_of[town.groups[group].unit])
    if drawn.enrolled:
        provider = _chosen(town.organiser_of, drawn.enrolled)
        Enrolment.objects.get_or_create(provider_id=provider, person=stored, start_date=world.SINCE)
        enrolled.add(provider)
    texts = (stored.given_name, stored.family_name, *_number_of(stored))
    town.persons[stored.pk] = Somebody(
        stored.pk, texts, protected=drawn.protected, enrolled=frozenset(enrolled)
    )


def _number_of(person: Person) -> tuple[str, str]:
    """Return a person's number in both its forms."""
    number = PersonNumber.objects.get(person=person).number
    return number, f"{number[:8]}-{number[8:]}"


def _place(town: Drawn, group_id: UUID, person: Person, *, decided: bool) -> None:
    group = town.groups[group_id]
    placement = world.place(ExamGroup.objects.get(pk=group_id), person)
    group.placed[placement.pk] = person.pk
    if decided:
        teacher = Person.objects.get(pk=group.teacher)
        actor = world.grading_teacher(teacher, SchoolUnit.objects.get(pk=group.unit))
        group.decided[decide(actor, placement, "C").pk] = person.pk


def _actor(town: Drawn, reader: Reader) -> Actor:
    grants = []
    for role_number, kind_number, place in reader.grants:
        role = ALL_ROLES[role_number]
        kind = sorted(role.scope_kinds)[kind_number % len(role.scope_kinds)]
        grants.append(Grant(role.code, Scope(kind, _place_of(town, kind, place)), role.permissions))
    opened = None
    if reader.opened is not None:
        protected = [each.id for each in town.persons.values() if each.protected]
        opened = frozenset(protected[: reader.opened])
    person = _chosen([group.teacher for group in town.groups.values()], reader.person)
    return Actor(READER, "Läsaren", grants[0].role, tuple(grants), person, opened)


def _place_of(town: Drawn, kind: ScopeKind, number: int) -> UUID | None:
    places: dict[ScopeKind, Iterable[UUID]] = {
        ScopeKind.ORGANISER: dict.fromkeys(town.organiser_of.values()),
        ScopeKind.PROVIDER: town.organiser_of,
        ScopeKind.UNIT: town.provider_of,
        ScopeKind.OWN_GROUPS: town.provider_of,
    }
    return _chosen(places[kind], number) if kind in places else None


def _chosen(among: Iterable[UUID], number: int) -> UUID:
    known = list(among)
    return known[number % len(known)]
