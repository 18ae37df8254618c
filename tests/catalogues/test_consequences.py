"""What a rättelse or ändring makes out of date among the catalogues, told beside the grade."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.catalogues.actions import build_catalogue
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.queries import catalogues_to_print
from provning.grading.actions import amend_grade, correct_grade
from provning.grading.consequences import Consequence, consequences_of
from provning.grading.models import GradeDecision
from provning.grading.queries import grade_story
from provning.kernel.actors import Actor
from provning.organisation.models import SchoolUnit
from tests.catalogues.world import Graded
from tests.grading import world
from tests.grading.decided import FACTS, HEARD, SLIP
from tests.grading.world import AFTER_TERM, EXAM, HT26

pytestmark = pytest.mark.django_db
UNIT = "Komvux Centrum, HT 2026"


def build(graded: Graded, teacher_id: UUID | None = None) -> GradeCatalogue:
    (made,) = build_catalogue(
        actor=graded.maker,
        unit_id=graded.town.unit.pk,
        term=HT26,
        today=AFTER_TERM,
        teacher_id=teacher_id,
    )
    return made


def correct(graded: Graded, value: str = "C", group_id: UUID | None = None) -> GradeDecision:
    return correct_grade(
        actor=graded.rektor,
        decision_id=GradeDecision.objects.get(superseded_by=None).pk,
        value=value,
        group_id=group_id,
        hearing="heard",
        hearing_note=HEARD,
        reason=SLIP,
        submission=uuid4(),
        today=AFTER_TERM,
    )


def told(actor: Actor, decision: GradeDecision) -> list[tuple[str, bool]]:
    """Return what is told of the catalogues, and whether it has been seen to."""
    return [
        (each.message.format(**each.params), each.done)
        for each in found(actor, decision)
        if each.kind == "catalogue"
    ]


def found(actor: Actor, decision: GradeDecision) -> list[Consequence]:
    chain = grade_story(actor, decision.pk).chain
    return consequences_of(actor, chain, AFTER_TERM)


def test_a_first_decision_makes_nothing_out_of_date(graded: Graded) -> None:
    build(graded)
    assert found(graded.rektor, GradeDecision.objects.get()) == []


def test_the_latest_version_with_the_old_grade_is_named_until_a_new_one_is_made(
    graded: Graded,
) -> None:
    """Domain 7.5 case 69 and 7.7 case 83: what was printed is out of date, and stays."""
    build(graded)
    new = correct(graded)

    assert told(graded.rektor, new) == [
        (
            f"Betygskatalogen för {UNIT}, har det gamla betyget i version 1. Gör en ny version, som"
            " undertecknas på nytt.",
            False,
        )
    ]
    assert [row.waits for row in catalogues_to_print(graded.rektor, AFTER_TERM)] == [True]

    build(graded)

    assert told(graded.rektor, new) == [
        (f"Betygskatalogen för {UNIT}, är gjord på nytt: version 2.", True)
    ]
    assert catalogues_to_print(graded.rektor, AFTER_TERM) == []


def test_an_ändring_after_the_new_version_makes_it_out_of_date_too(graded: Graded) -> None:
    build(graded)
    corrected = correct(graded)
    build(graded)
    amended = amend_grade(
        actor=graded.teacher,
        decision_id=corrected.pk,
        value="A",
        reason=FACTS,
        submission=uuid4(),
        today=AFTER_TERM,
    )
    ((text, done),) = told(graded.rektor, amended)
    assert (("i version 2" in text), done) == (True, False)


def test_before_any_final_catalogue_there_is_nothing_to_do(graded: Graded) -> None:
    build_catalogue(
        actor=graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=EXAM + timedelta(days=20)
    )
    new = correct(graded)
    ((text, done),) = told(graded.rektor, new)
    assert (text.startswith(f"Betygskatalogen för {UNIT}, är inte gjord än."), done) == (True, True)


def test_a_teachers_own_catalogue_with_the_old_grade_counts_too(graded: Graded) -> None:
    build(graded, graded.teacher_person.pk)
    new = correct(graded)
    ((text, done),) = told(graded.rektor, new)
    assert (("har det gamla betyget i version 1" in text), done) == (True, False)


def test_a_move_to_another_unit_concerns_both_catalogues(graded: Graded) -> None:
    beside = SchoolUnit.objects.create(
        provider=graded.town.unit.provider, name="Komvux Hamnen", code="11112222"
    )
    there = world.group(beside, world.teacher(beside))
    build(graded)
    wide = world.organisers_rektor(graded.town.organiser)
    moving = Graded(
        graded.town, graded.group, graded.teacher_person, graded.teacher, graded.maker, wide
    )
    new = correct(moving, "B", group_id=there.pk)

    assert [(text.split(",")[0], done) for text, done in told(wide, new)] == [
        ("Betygskatalogen för Komvux Centrum", False),
        ("Betygskatalogen för Komvux Hamnen", True),
    ]
    assert told(world.principal(beside), new) == [told(wide, new)[1]]


def test_who_sees_no_catalogues_is_told_of_none(graded: Graded) -> None:
    build(graded)
    new = correct(graded)
    assert told(graded.teacher, new) == []


@pytest.mark.parametrize("size", [1, 30])
def test_it_is_asked_as_often_for_many_versions_as_for_one(
    size: int, graded: Graded, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = build(graded)
    new = correct(graded)
    for version in range(2, size + 1):
        first.pk, first.version, first.document_id = uuid4(), version, f"BK-{version}"
        first.save(force_insert=True)
    chain = grade_story(graded.rektor, new.pk).chain
    with django_assert_num_queries(11):
        assert len(consequences_of(graded.rektor, chain, AFTER_TERM)) == 1
