"""Who sees which catalogue, who may have its document, and what waits to be printed."""

import hashlib
from datetime import date

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from provning.audit.guards import remove_guards
from provning.catalogues.actions import build_catalogue
from provning.catalogues.models import GradeCatalogue, StoredDocument
from provning.catalogues.queries import (
    DamagedDocumentError,
    catalogue_document,
    catalogues_for,
    catalogues_to_print,
)
from provning.catalogues.rows import CatalogueRow
from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.people.models import PersonNumber
from tests.catalogues.signing import Printed
from tests.catalogues.world import Graded, grade, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26, TODAY

pytestmark = pytest.mark.django_db


def build(graded: Graded, today: date = AFTER_TERM) -> list[GradeCatalogue]:
    return build_catalogue(actor=graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=today)


def listed(actor: Actor, graded: Graded) -> list[CatalogueRow]:
    return catalogues_for(actor, unit_id=graded.town.unit.pk, term=HT26)


def test_versions_are_listed_newest_first_and_the_latest_is_marked(graded: Graded) -> None:
    build(graded, TODAY)
    build(graded)
    grade(graded, [world.person()])
    build(graded)

    rows = listed(graded.maker, graded)

    assert [(row.version, row.preliminary, row.latest, row.decisions) for row in rows] == [
        (2, False, True, 2),
        (1, False, False, 1),
        (1, True, True, 1),
    ]
    assert rows[0].made_by_name == "Adam Administratör"


def test_another_provider_sees_nothing_of_it(printed: Printed) -> None:
    graded, made = printed
    outsider = world.administrator(graded.town.other_unit)

    with pytest.raises(NotFoundError):
        listed(outsider, graded)
    with pytest.raises(NotFoundError):
        catalogue_document(outsider, made.pk)


def test_the_document_is_handed_out_as_it_was_stored(printed: Printed) -> None:
    graded, made = printed

    document = catalogue_document(graded.maker, made.pk)

    assert document.file_name == "betygskatalog-BK-12345678-HT26-1.pdf"
    assert document.media_type == "application/pdf"
    assert document.content.startswith(b"%PDF-")
    assert hashlib.sha256(document.content).hexdigest() == document.sha256 == made.stored_id


def test_the_protected_part_is_for_those_who_may_see_protected_persons() -> None:
    graded = graded_group(
        [world.person("Ada", "Åkesson"), world.person("Siv", "Hemlig", protected=True)]
    )
    ordinary, protected = build(graded)

    assert [row.document_id for row in listed(graded.maker, graded)] == [ordinary.document_id]
    with pytest.raises(NotFoundError):
        catalogue_document(graded.maker, protected.pk)
    assert [row.document_id for row in listed(graded.rektor, graded)] == [
        ordinary.document_id,
        protected.document_id,
    ]
    assert catalogue_document(graded.rektor, protected.pk).content.startswith(b"%PDF-")
    assert catalogue_document(graded.maker, ordinary.pk).content.startswith(b"%PDF-")


def test_who_becomes_protected_later_is_hidden_in_the_old_documents_too() -> None:
    examinee = world.person("Siv", "Snart-Hemlig")
    graded = graded_group([examinee, world.person("Ada", "Åkesson")])
    (made,) = build(graded)
    examinee.protection, examinee.case_number = "Sekretessmarkering", "SK-999999"
    examinee.save()
    examinee.numbers.update(valid_to=AFTER_TERM)
    PersonNumber.objects.create(
        person=examinee, number="189001019802", kind="personnummer", valid_from=AFTER_TERM
    )

    with pytest.raises(NotFoundError):
        catalogue_document(graded.maker, made.pk)
    assert catalogue_document(graded.rektor, made.pk).content.startswith(b"%PDF-")


def test_a_document_whose_bytes_were_changed_is_not_handed_out(printed: Printed) -> None:
    graded, made = printed
    remove_guards(connection)
    StoredDocument.objects.update(content=b"%PDF-1.7 fusk")

    with pytest.raises(DamagedDocumentError):
        catalogue_document(graded.maker, made.pk)


def to_print(actor: Actor, today: date = AFTER_TERM) -> list[tuple[str, str, int, int]]:
    return [
        (row.unit_name, row.term.code, row.decisions, row.printed)
        for row in catalogues_to_print(actor, today)
    ]


def test_a_unit_waits_for_its_catalogue_from_the_day_after_the_term(graded: Graded) -> None:
    assert to_print(graded.maker, date(2026, 12, 31)) == []
    assert to_print(graded.maker, date(2027, 1, 1)) == [("Komvux Centrum", "HT26", 1, 0)]
    assert to_print(graded.teacher) == []
    assert to_print(world.administrator(graded.town.other_unit)) == []


def test_a_preliminary_catalogue_is_no_catalogue_and_a_late_grade_waits_again() -> None:
    graded = graded_group([world.person(), world.person(protected=True)])
    build(graded, TODAY)
    assert to_print(graded.maker) == [("Komvux Centrum", "HT26", 2, 0)]

    build(graded)
    assert to_print(graded.maker) == []

    grade(graded, [world.person()])
    assert to_print(graded.maker) == [("Komvux Centrum", "HT26", 3, 2)]


@pytest.mark.parametrize("size", [1, 30])
def test_query_counts(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    graded = graded_group([world.person() for _ in range(size)])
    (made,) = build(graded)

    with django_assert_num_queries(2):
        listed(graded.maker, graded)
    with django_assert_num_queries(4):
        catalogues_to_print(graded.maker, AFTER_TERM)
    with django_assert_num_queries(3):
        catalogue_document(graded.maker, made.pk)
