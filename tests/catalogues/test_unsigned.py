"""What is not signed: for a teacher, a provider and the huvudman, only the newest versions."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.catalogues.actions import build_catalogue, withdraw_signature
from provning.catalogues.queries import catalogue_record, unsigned_catalogues
from provning.catalogues.rows import Signing
from provning.grading.actions import decide_grades
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.people.models import Person
from tests.catalogues.signing import (
    Printed,
    build,
    by_rektor,
    by_teacher,
    duty_of_rektor,
    sign,
)
from tests.catalogues.world import Graded, grade, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26, TODAY

pytestmark = pytest.mark.django_db


def listed(actor: Actor) -> list[tuple[str, tuple[str, ...], int]]:
    return [(row.document_id, row.missing, row.signers) for row in unsigned_catalogues(actor)]


def test_case_84_a_partly_signed_catalogue_says_who_is_missing_to_everybody_it_concerns(
    printed_for_two: Printed,
) -> None:
    graded, made = printed_for_two
    whole = ("BK-12345678-HT26-1", ("Karin Wallgren", "Rut Rektor"), 2)
    assert listed(graded.maker) == [whole]
    assert listed(graded.teacher) == [("BK-12345678-HT26-1", ("Karin Wallgren",), 0)]

    sign(graded, made, by_teacher(graded))

    missing = [("BK-12345678-HT26-1", ("Rut Rektor",), 2)]
    provider, centre = world.provider_staff(graded.town.unit), world.centre(graded.town.organiser)
    assert [listed(each) for each in (graded.maker, provider, centre, graded.rektor)] == [
        missing
    ] * 4
    assert listed(graded.teacher) == []
    assert listed(world.administrator(graded.town.other_unit)) == []
    sign(graded, made, by_rektor(graded))
    assert listed(centre) == []


def test_only_the_newest_final_version_counts(graded: Graded) -> None:
    build(graded, TODAY)
    assert listed(graded.maker) == []
    sign(graded, build(graded))
    assert listed(graded.maker) == []
    grade(graded, [world.person()])
    build(graded)

    assert listed(graded.maker) == [("BK-12345678-HT26-2", ("Karin Wallgren",), 1)]


def test_a_signature_in_somebodys_place_counts_and_one_taken_back_does_not(graded: Graded) -> None:
    duty_of_rektor(graded)
    made = build(graded)
    rektor = by_rektor(graded).signer_id
    teacher = graded.teacher_person.pk
    (signed,) = sign(
        graded, made, Signing(rektor, "REKTOR", AFTER_TERM, in_place_of=teacher, reason="Slutat")
    )
    assert listed(graded.maker) == []
    withdraw_signature(actor=graded.maker, signature_id=signed.pk, reason="Fel", today=AFTER_TERM)

    assert listed(graded.maker) == [("BK-12345678-HT26-1", ("Karin Wallgren",), 1)]


def test_the_protected_part_is_listed_for_who_may_see_it_and_for_its_teacher() -> None:
    graded = graded_group([world.person("Siv", "Hemlig", protected=True)])
    build(graded)

    assert listed(graded.maker) == []
    assert listed(graded.rektor) == [("BK-12345678-HT26-1-S", ("Karin Wallgren",), 1)]
    assert listed(graded.teacher) == [("BK-12345678-HT26-1-S", ("Karin Wallgren",), 0)]


def test_a_part_that_nobody_is_left_in_is_never_signed() -> None:
    graded = graded_group([world.person("Siv", "Snart-Hemlig")])
    build(graded)
    Person.objects.filter(given_name="Siv").update(
        protection="Sekretessmarkering", case_number="SK-777777"
    )

    assert listed(graded.maker) == []


def units(graded: Graded, size: int) -> None:
    """Store as many more catalogues of teachers of their own in the unit."""
    for number in range(2, size + 2):
        who = world.teacher(graded.town.unit, f"Lärare {number}")
        group = world.group(graded.town.unit, who, number=number)
        decide_grades(
            actor=world.grading_teacher(who, graded.town.unit),
            group_id=group.pk,
            values={world.place(group).pk: "C"},
            submission=uuid4(),
            today=TODAY,
        )


@pytest.mark.parametrize("size", [1, 30])
def test_query_counts(
    size: int, django_assert_num_queries: DjangoAssertNumQueries, graded: Graded
) -> None:
    units(graded, size)
    made = build(graded)

    with django_assert_num_queries(3):
        unsigned_catalogues(graded.maker)
    with django_assert_num_queries(2):
        unsigned_catalogues(graded.teacher)
    with django_assert_num_queries(14):
        catalogue_record(graded.maker, made.pk, AFTER_TERM)


def test_the_record_tells_what_is_known_of_a_version() -> None:
    graded = graded_group([world.person("Ada", "Åkesson")])
    duty_of_rektor(graded)
    preliminary = build(graded, TODAY)
    first = build(graded)
    (signed,) = sign(graded, first)
    withdraw_signature(
        actor=graded.maker, signature_id=signed.pk, reason="Fel dag", today=AFTER_TERM
    )
    world.place(graded.group)
    grade(graded, [world.person("Bo", "Berg")])

    record = catalogue_record(graded.maker, first.pk, AFTER_TERM)

    assert (record.whole, record.readable, record.may_make, record.to_sign) == (True,) * 4
    assert [row.id for row in record.versions] == [first.pk, preliminary.pk]
    assert [(each.signer_name, each.reason) for each in record.taken_back] == [
        ("Karin Wallgren", "Fel dag")
    ]
    assert record.may_register == {graded.teacher_person.pk}
    assert [each.name for each in record.principals] == ["Rut Rektor"]
    assert record.ungraded == 1
    assert record.waits is not None
    assert record.waits.missing == 1


def test_a_teachers_record_is_their_own_line_and_nothing_else(printed_for_two: Printed) -> None:
    graded, made = printed_for_two

    record = catalogue_record(graded.teacher, made.pk, AFTER_TERM)

    assert [row.signer_name for row in record.rows] == ["Karin Wallgren"]
    assert (record.whole, record.may_make, record.waits) == (False, False, None)
    assert (record.versions, record.copies, record.taken_back, record.principals) == ((),) * 4
    colleague = world.grading_teacher(world.teacher(graded.town.unit, "Bo"), graded.town.unit)
    for outsider in (colleague, world.administrator(graded.town.other_unit)):
        with pytest.raises(NotFoundError):
            catalogue_record(outsider, made.pk, AFTER_TERM)


def test_the_protected_record_is_nothing_to_who_may_not_see_it() -> None:
    graded = graded_group([world.person(), world.person("Siv", "Hemlig", protected=True)])
    _, protected = build_catalogue(
        actor=graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=AFTER_TERM
    )

    with pytest.raises(NotFoundError):
        catalogue_record(graded.maker, protected.pk, AFTER_TERM)
    record = catalogue_record(graded.rektor, protected.pk, AFTER_TERM + timedelta(days=1))
    assert record.catalogue.document_id == "BK-12345678-HT26-1-S"
