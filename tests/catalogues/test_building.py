"""A catalogue is made of decisions, in parts and versions, and only when something is new."""

import hashlib
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from provning.audit.guards import GUARDS, Guard, install_guards, remember
from provning.audit.models import AuditEvent
from provning.audit.queries import history_of, verify_chain
from provning.catalogues.actions import build_catalogue
from provning.catalogues.content import from_json
from provning.catalogues.models import GradeCatalogue, StoredDocument
from provning.catalogues.rendering import render_catalogue
from provning.grading.actions import decide_grades
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.models import SchoolUnit, TermCalendar
from provning.people.models import Person
from tests.catalogues.papers import read
from tests.catalogues.world import Graded, grade, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, EXAM, HT26, TODAY

pytestmark = pytest.mark.django_db


def build(graded: Graded, *, actor: Actor | None = None, today: date = AFTER_TERM) -> list[str]:
    """Make the unit's catalogue and return its documents' ids."""
    made = build_catalogue(
        actor=actor or graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=today
    )
    return [each.document_id for each in made]


def only() -> GradeCatalogue:
    return GradeCatalogue.objects.select_related("stored").get()


def test_the_paper_says_what_was_decided() -> None:
    examinees = [world.person("Örjan", "Östlund"), world.person("Ada", "Åkesson")]
    graded = graded_group([*examinees, world.person("Bo", "Zetterberg")])

    assert build(graded) == ["BK-12345678-HT26-1"]

    content = from_json(only().content)
    (sheet,) = content.sheets
    assert [(row.number, row.last_name, row.grade) for row in sheet.rows] == [
        (1, "Zetterberg", "B"),
        (2, "Åkesson", "B"),
        (3, "Östlund", "B"),
    ]
    assert {row.grade_date for row in sheet.rows} == {EXAM}
    assert (sheet.decider.name, sheet.decider.role, sheet.level, sheet.scale_label) == (
        "Karin Wallgren",
        "LÄRARE",
        "gymnasial nivå",
        "A–F",
    )
    assert (content.unit_name, content.provider_name, content.term_label, content.issued_on) == (
        "Komvux Centrum",
        "Centrum",
        "HT 2026",
        AFTER_TERM,
    )
    assert not content.preliminary


def test_the_document_is_stored_under_its_digest_and_can_be_made_again_to_the_byte(
    graded: Graded,
) -> None:
    build(graded)

    catalogue = only()
    document = bytes(catalogue.stored.content)
    content = from_json(catalogue.content)
    assert hashlib.sha256(document).hexdigest() == catalogue.stored_id
    assert content.content_sha256 == catalogue.content_sha256
    paper = read(content, render_catalogue)
    assert paper.pdf == document
    assert (len(paper.pages), 1) == (catalogue.pages, catalogue.decisions)


def test_a_second_build_without_change_makes_no_version(graded: Graded) -> None:
    first = build(graded)
    again = build(graded, today=AFTER_TERM + timedelta(days=40))

    assert first == again == ["BK-12345678-HT26-1"]
    assert GradeCatalogue.objects.count() == StoredDocument.objects.count() == 1
    assert AuditEvent.objects.filter(name="catalogue_made").count() == 1


def test_a_new_decision_makes_a_new_version_and_keeps_the_old(graded: Graded) -> None:
    build(graded)
    old = only()
    grade(graded, [world.person("Bo", "Berg")], "F")

    assert build(graded) == ["BK-12345678-HT26-2"]

    versions = GradeCatalogue.objects.order_by("version")
    assert [(each.version, each.decisions) for each in versions] == [(1, 1), (2, 2)]
    assert versions[0].content == old.content


def test_it_is_preliminary_up_to_and_including_the_terms_last_day(graded: Graded) -> None:
    assert build(graded, today=date(2026, 12, 31)) == ["BK-12345678-HT26-P1"]
    assert build(graded, today=date(2027, 1, 1)) == ["BK-12345678-HT26-1"]


def test_the_providers_own_calendar_decides_when_the_term_ends(graded: Graded) -> None:
    TermCalendar.objects.create(
        provider=graded.town.unit.provider,
        year=2026,
        season="HT",
        first_day=date(2026, 8, 10),
        last_day=date(2026, 12, 18),
    )

    assert build(graded, today=date(2026, 12, 18)) == ["BK-12345678-HT26-P1"]
    assert build(graded, today=date(2026, 12, 19)) == ["BK-12345678-HT26-1"]


def test_protected_persons_stand_apart_each_on_a_sheet_of_their_own() -> None:
    hidden = [world.person(name, "Hemlig", protected=True) for name in ("Siv", "Tor")]
    graded = graded_group([*hidden, world.person("Ada", "Åkesson")])

    assert build(graded) == ["BK-12345678-HT26-1", "BK-12345678-HT26-1-S"]

    ordinary = GradeCatalogue.objects.get(part="ordinary")
    protected = GradeCatalogue.objects.get(part="protected")
    assert "Hemlig" not in ordinary.content
    numbers = [person.numbers.get().number for person in hidden]
    assert [f"{each[:8]}-{each[8:]}" in ordinary.content for each in numbers] == [False, False]
    assert [f"{each[:8]}-{each[8:]}" in protected.content for each in numbers] == [True, True]
    names = [
        [(row.last_name, row.first_name) for row in sheet.rows]
        for sheet in from_json(protected.content).sheets
    ]
    assert names == [[("Hemlig", "Siv")], [("Hemlig", "Tor")]]


def test_a_change_among_the_protected_leaves_the_ordinary_part_as_it_is(graded: Graded) -> None:
    build(graded)
    grade(graded, [world.person("Siv", "Hemlig", protected=True)])

    assert build(graded) == ["BK-12345678-HT26-1", "BK-12345678-HT26-1-S"]
    assert GradeCatalogue.objects.count() == 2


def test_each_decider_and_each_group_has_a_sheet(graded: Graded) -> None:
    colleague = world.teacher(graded.town.unit, "Bo")
    second = world.group(graded.town.unit, colleague, number=2)
    english = world.group(
        graded.town.unit, graded.teacher_person, of=world.course("ENGENG05", "Engelska 5")
    )
    for group, actor in (
        (second, world.grading_teacher(colleague, graded.town.unit)),
        (english, graded.teacher),
    ):
        decide_grades(
            actor=actor,
            group_id=group.pk,
            values={world.place(group).pk: "C"},
            submission=uuid4(),
            today=TODAY,
        )
    decide_grades(
        actor=graded.rektor,
        group_id=graded.group.pk,
        values={world.place(graded.group).pk: "E"},
        submission=uuid4(),
        ground="hindered",
        reason="Läraren är sjuk",
        today=TODAY,
    )

    build(graded)

    sheets = from_json(only().content).sheets
    assert [(each.course_name, each.decider.name, each.decider.role) for each in sheets] == [
        ("Engelska 5", "Karin Wallgren", "LÄRARE"),
        ("Matematik 3b", "Karin Wallgren", "LÄRARE"),
        ("Matematik 3b", "Rut Rektor", "REKTOR"),
        ("Matematik 3b", "Bo Wallgren", "LÄRARE"),
    ]


def test_other_units_and_other_terms_are_not_in_it(graded: Graded) -> None:
    other = world.teacher(graded.town.other_unit, "Eva")
    foreign = world.group(graded.town.other_unit, other)
    spring = world.group(graded.town.unit, graded.teacher_person, term=HT26.previous())
    for actor, group, day in (
        (world.grading_teacher(other, graded.town.other_unit), foreign, EXAM),
        (graded.teacher, spring, date(2026, 5, 4)),
    ):
        examinee = world.person("Ingen", "Annanstans")
        decide_grades(
            actor=actor,
            group_id=group.pk,
            values={world.place(group, examinee, day).pk: "E"},
            submission=uuid4(),
            today=TODAY,
        )

    build(graded)

    assert "Annanstans" not in only().content
    assert only().decisions == 1


def test_undecided_grades_are_not_in_it(graded: Graded) -> None:
    world.place(graded.group, world.person("Ingen", "Obedömd"))

    build(graded)

    assert "Obedömd" not in only().content


def test_nothing_decided_makes_no_page() -> None:
    town = world.municipality()
    with pytest.raises(ProblemsFoundError) as caught:
        build_catalogue(
            actor=world.administrator(town.unit), unit_id=town.unit.pk, term=HT26, today=AFTER_TERM
        )

    assert [each.code for each in caught.value.problems] == ["catalogue-nothing-decided"]


def test_names_that_cannot_be_printed_are_named_by_row_at_once_and_nothing_is_stored() -> None:
    hidden = world.person("Li", "李", protected=True)
    graded = graded_group([world.person("Ada", "Åkesson"), world.person("Mei", "王"), hidden])

    with pytest.raises(ProblemsFoundError) as caught:
        build(graded)

    assert [each.code for each in caught.value.problems] == ["catalogue-missing-glyph"] * 2
    assert [each.text.partition(" (")[0] for each in caught.value.problems] == [
        f"{graded.group.name}, rad 2, efternamnet: ”王”",
        f"{graded.group.name}, rad 1, efternamnet: ”李”",
    ]
    assert GradeCatalogue.objects.count() == StoredDocument.objects.count() == 0


def test_only_who_may_makes_it(graded: Graded) -> None:
    town = graded.town
    viewer = world.centre(town.organiser)

    with pytest.raises(NotFoundError):
        build(graded, actor=world.administrator(town.other_unit))
    with pytest.raises(NotFoundError):
        build(graded, actor=graded.teacher)
    with pytest.raises(NotAllowedError):
        build(graded, actor=viewer)
    assert GradeCatalogue.objects.count() == 0


def test_units_that_share_a_code_have_ids_of_their_own(graded: Graded) -> None:
    build(graded)
    twin = SchoolUnit.objects.create(
        provider=graded.town.unit.provider, name="Komvux Norr", code=graded.town.unit.code
    )
    who = world.teacher(twin)
    group = world.group(twin, who)
    decide_grades(
        actor=world.grading_teacher(who, twin),
        group_id=group.pk,
        values={world.place(group).pk: "A"},
        submission=uuid4(),
        today=TODAY,
    )

    (made,) = build_catalogue(
        actor=world.administrator(twin), unit_id=twin.pk, term=HT26, today=AFTER_TERM
    )

    assert made.document_id == f"BK-{twin.pk.hex[:16].upper()}-HT26-1"


def test_a_version_that_somebody_else_made_first_is_a_conflict_to_read(graded: Graded) -> None:
    refusal = Guard("test_full", "catalogues_gradecatalogue", "INSERT", "no more today")
    remember([refusal])
    install_guards(connection)
    try:
        with pytest.raises(ConflictError) as caught:
            build(graded)
    finally:
        del GUARDS[refusal.name]

    assert [each.code for each in caught.value.problems] == ["catalogue-made-meanwhile"]
    assert StoredDocument.objects.count() == 0


def test_one_event_names_every_document_and_digest() -> None:
    graded = graded_group([world.person(), world.person("Siv", "Hemlig", protected=True)])
    build(graded)

    (event,) = history_of("unit", graded.town.unit.pk)
    assert (event.name, event.after["documents"]) == (
        "catalogue_made",
        "BK-12345678-HT26-1, BK-12345678-HT26-1-S",
    )
    assert "Hemlig" not in str(event.after)
    assert verify_chain().fault == ""


def test_what_is_stored_is_neither_changed_nor_removed(graded: Graded) -> None:
    build(graded)

    for rows in (GradeCatalogue.objects, StoredDocument.objects):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all()._raw_delete("default")  # noqa: SLF001 (past Django's own checks)
    with pytest.raises(IntegrityError), transaction.atomic():
        GradeCatalogue.objects.update(decisions=9)
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredDocument.objects.update(size=0)
    assert Person.objects.exists()
