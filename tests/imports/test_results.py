"""Results brought in from a file: drafts and outcomes, never a decision."""

from datetime import date
from uuid import UUID

import pytest

from provning.exams.models import ExamGroup, Placement
from provning.grading.models import GradeDecision, GradeDraft
from provning.imports.models import StagedImport
from provning.kernel.actors import Actor, ScopeKind
from provning.people.models import PersonNumber
from tests.builders import actor
from tests.exams.world import World
from tests.imports.world import Desk, codes, decide, faults, notes, outcomes, verdicts

pytestmark = pytest.mark.django_db
HEADERS = ("Personnummer", "Elev", "Grupp", "Betyg", "Utfall", "Skäl")
DAY = date(2026, 11, 12)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.town)


@pytest.fixture
def group(world: World) -> ExamGroup:
    return world.group(teacher="Karin")


@pytest.fixture
def typist(world: World) -> Actor:
    return actor("grade_administrator", ScopeKind.PROVIDER, world.provider)


def number_of(person_id: UUID) -> str:
    return PersonNumber.objects.get(person=person_id).number


def results(desk: Desk, who: Actor, *rows: tuple[str, ...]) -> StagedImport:
    return desk.upload(HEADERS, *rows, kind="results", actor=who)


def test_a_grade_becomes_a_proposal_and_nothing_more(
    desk: Desk, world: World, group: ExamGroup, typist: Actor
) -> None:
    kim = world.person()
    [placement] = world.place(group, kim, day=DAY)
    staged = results(desk, typist, (number_of(kim), "Ek, Kim", group.name, "c", "", ""))
    assert verdicts(staged) == ["new"]
    desk.commit(staged, actor=typist)
    draft = GradeDraft.objects.get()
    assert (draft.placement_id, draft.value, draft.typed_by_person_id) == (
        placement.id,
        "C",
        None,
    )
    assert GradeDecision.objects.count() == 0
    again = results(desk, typist, (number_of(kim), "", group.name, "C", "", ""))
    assert verdicts(again) == ["unchanged"]
    desk.undo(staged, typist)
    assert (GradeDraft.objects.get().value, outcomes(staged)) == ("", ["taken_back"])


def test_a_teacher_brings_in_the_own_groups_only(
    desk: Desk, world: World, group: ExamGroup
) -> None:
    other = world.group(teacher="Tomas")
    kim = world.person()
    world.place(group, kim, day=DAY)
    world.place(other, kim, day=DAY)
    staged = results(
        desk,
        world.karin,
        (number_of(kim), "", group.name, "B", "", ""),
        (number_of(kim), "", other.name, "B", "", ""),
    )
    assert codes(staged) == [[], ["import-group-unknown"]]


def test_a_decided_grade_is_never_touched(
    desk: Desk, world: World, group: ExamGroup, typist: Actor
) -> None:
    kim = world.person()
    [placement] = world.place(group, kim, day=DAY)
    decide(world, placement, "D")
    staged = results(
        desk,
        typist,
        (number_of(kim), "", group.name, "C", "", ""),
    )
    same = results(desk, typist, (number_of(kim), "", group.name, "D", "", ""))
    absent = results(desk, typist, (number_of(kim), "", group.name, "", "kom inte", ""))
    assert codes(staged) == [["grade-decided"]]
    assert verdicts(same) == ["unchanged"]
    assert codes(absent) == [["grade-decided"]]


def test_a_grade_decided_between_reading_and_taking_in_stops_the_file(
    desk: Desk, world: World, group: ExamGroup, typist: Actor
) -> None:
    kim, bo = world.person(), world.person("Bo", "Ask")
    first, _second = world.place(group, kim, bo, day=DAY)
    staged = results(
        desk,
        typist,
        (number_of(kim), "", group.name, "C", "", ""),
        (number_of(bo), "", group.name, "C", "", ""),
    )
    decide(world, first, "D")
    desk.commit(staged, actor=typist)
    assert (staged.status, faults(staged)) == ("ready", ["import-changed"])
    assert verdicts(staged) == ["refused", "new"]
    assert GradeDraft.objects.filter(placement__person=bo).count() == 0


def test_what_was_decided_since_is_not_taken_back(
    desk: Desk, world: World, group: ExamGroup, typist: Actor
) -> None:
    kim, bo = world.person(), world.person("Bo", "Ask")
    first, _second = world.place(group, kim, bo, day=DAY)
    staged = desk.commit(
        results(
            desk,
            typist,
            (number_of(kim), "", group.name, "C", "", ""),
            (number_of(bo), "", group.name, "", "kom inte", ""),
        ),
        actor=typist,
    )
    decide(world, first, "C")
    desk.undo(staged, typist)
    assert outcomes(staged) == ["kept", "taken_back"]
    assert notes(staged) == [["grade-decided"], []]
    assert Placement.objects.get(person=bo).outcome == ""


def test_everything_wrong_is_said(
    desk: Desk, world: World, group: ExamGroup, typist: Actor
) -> None:
    kim, bo = world.person(), world.person("Bo", "Ask")
    world.place(group, kim, day=DAY)
    staged = results(
        desk,
        typist,
        (number_of(kim), "", group.name, "G", "", ""),
        (number_of(kim), "", group.name, "C", "kom inte", ""),
        (number_of(kim), "", group.name, "", "sjuk", ""),
        (number_of(kim), "", group.name, "", "gjorde inte alla delar", ""),
        (number_of(bo), "", group.name, "C", "", ""),
        (number_of(kim), "Alm, Pia", group.name, "C", "", ""),
    )
    assert codes(staged) == [
        ["grade-outside-scale"],
        ["import-grade-and-outcome"],
        ["import-row-twice", "import-value"],
        ["import-row-twice", "outcome-reason-missing"],
        ["import-not-placed"],
        ["import-row-twice", "import-other-name"],
    ]
