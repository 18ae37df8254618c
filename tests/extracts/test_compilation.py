"""Everything about a person at once: complete within scope, in the same few queries."""

from datetime import date
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.audit.queries import history_of
from provning.catalogues.actions import build_catalogue
from provning.extracts.actions import hand_out_compilation
from provning.extracts.queries import compile_person
from provning.kernel.actors import Permission
from provning.kernel.problems import NotFoundError
from provning.people.models import PersonNumber
from tests.extracts.test_issuing import without
from tests.extracts.world import Desk, Office, correct, grade, issue, level, office
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26

pytestmark = pytest.mark.django_db
QUERIES = 17


def test_numbers_enrolments_placements_and_decisions_with_their_history() -> None:
    at, ada = office(), world.person("Ada", "Åkesson")
    PersonNumber.objects.create(
        person=ada,
        number="189001019802",
        kind="personnummer",
        valid_from=date(2000, 1, 1),
        valid_to=date(2019, 12, 31),
    )
    old = grade(at, ada, "C")
    new = correct(at, old, "B")
    lower, higher = grade(at, ada, "D", of=level("1b")), grade(at, ada, "E", of=level("2"))
    absent = world.place(world.group(at.unit, None, number=2), ada, outcome="absent")

    found = compile_person(at.rektor, ada.pk)

    assert len(found.details.numbers) == 2
    assert [each.provider_name for each in found.details.enrolments] == ["Centrum"]
    assert len(found.placements) == 4
    outcomes = {each.id: each.outcome for each in found.placements}
    assert outcomes[absent.pk] == "absent"
    rows = {each.row.id: each.row for each in found.decisions}
    assert rows.keys() == {old.pk, new.pk, lower.pk, higher.pk}
    assert (rows[old.pk].stands, rows[new.pk].stands) == (False, True)
    assert [row.covered_by is not None for row in (rows[lower.pk], rows[higher.pk])] == [
        True,
        False,
    ]


def test_each_decision_names_the_catalogues_and_extracts_that_hold_it(desk: Desk) -> None:
    at, ada = desk
    old = grade(at, ada, "C")
    first = made(at)
    extract = issue(at, ada, [old])
    later = grade(at, ada, "A", of=world.course("ENGENG06", "Engelska 6"))
    second = made(at)

    found = compile_person(at.rektor, ada.pk)

    held = {each.row.id: (each.catalogues, each.extracts) for each in found.decisions}
    assert held == {
        old.pk: ((first, second), (extract.document_id,)),
        later.pk: ((second,), ()),
    }
    assert [each.document_id for each in found.catalogues] == [first, second]
    assert [each.document_id for each in found.extracts] == [extract.document_id]


def test_a_catalogue_of_others_grades_is_not_named() -> None:
    at, ada, bo = office(), world.person(), world.person()
    grade(at, bo)
    made(at)
    grade(at, ada)

    assert compile_person(at.rektor, ada.pk).catalogues == ()


def test_another_provider_sees_its_own_part_alone(desk: Desk) -> None:
    at, ada = desk
    mine, theirs = grade(at, ada), grade(at, ada, unit=at.town.other_unit)
    made(at)
    issue(at, ada, [mine])

    found = compile_person(at.other_rektor, ada.pk)
    everything = compile_person(at.centre, ada.pk)

    assert [each.row.id for each in found.decisions] == [theirs.pk]
    assert [each.unit_id for each in found.placements] == [at.town.other_unit.pk]
    assert (found.catalogues, found.extracts) == ((), ())
    assert {each.row.id for each in everything.decisions} == {mine.pk, theirs.pk}
    assert (len(everything.catalogues), len(everything.extracts)) == (1, 1)


def test_a_masked_person_keeps_numbers_and_papers_from_view() -> None:
    at, siv = office(), world.person("Siv", "Hemlig", protected=True)
    chosen = grade(at, siv)
    made(at)
    issue(at, siv, [chosen])

    found = compile_person(without(at.rektor, Permission.VIEW_PROTECTED), siv.pk)
    seen = compile_person(at.rektor, siv.pk)

    assert "Hemlig" not in str(found)
    assert (found.details.numbers, found.catalogues, found.extracts) == ((), (), ())
    assert (len(seen.details.numbers), len(seen.catalogues), len(seen.extracts)) == (1, 1, 1)


def test_a_person_out_of_scope_does_not_exist(desk: Desk) -> None:
    at, ada = desk
    grade(at, ada)

    with pytest.raises(NotFoundError):
        compile_person(at.other_rektor, ada.pk)
    with pytest.raises(NotFoundError):
        compile_person(at.rektor, uuid4())


def test_handing_it_out_is_told_to_the_trail() -> None:
    at, ada = office(), world.person("Ada", "Åkesson")
    grade(at, ada)

    hand_out_compilation(actor=at.rektor, person_id=ada.pk, form="pdf")

    [event] = history_of("person", ada.pk)
    assert (event.name, event.after) == ("person_compiled", {"format": "pdf", "decisions": 1})


@pytest.mark.parametrize("size", [1, 30])
def test_it_is_read_in_the_same_queries_for_any_number_of_placements(
    size: int, django_assert_num_queries: DjangoAssertNumQueries, desk: Desk
) -> None:
    at, ada = desk
    decisions = [
        grade(at, ada, of=world.course(f"KURS{number:04}", f"Kurs {number}"))
        for number in range(size)
    ]
    made(at)
    issue(at, ada, decisions)

    with django_assert_num_queries(QUERIES):
        found = compile_person(at.rektor, ada.pk)
    assert (len(found.placements), len(found.decisions)) == (size, size)


def made(at: Office) -> str:
    """Make the unit's catalogue and return the newest document's id."""
    made = build_catalogue(
        actor=world.administrator(at.unit), unit_id=at.unit.pk, term=HT26, today=AFTER_TERM
    )
    return made[-1].document_id
