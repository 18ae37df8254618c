"""Versions: what a correction adds, what is printed as changed, and one teacher's own catalogue."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from provning.catalogues.actions import build_catalogue
from provning.catalogues.content import CatalogueContent, from_json
from provning.catalogues.models import CatalogueSigner, GradeCatalogue
from provning.catalogues.queries import catalogues_to_print
from provning.courses.kinds import Curriculum
from provning.exams.models import Placement
from provning.grading.actions import decide_grades
from provning.grading.models import GradeDecision
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from provning.people.models import Person
from tests.catalogues.papers import printed_row, read
from tests.catalogues.world import Graded, amend, correct, grade, graded_group, join, person_of
from tests.grading import world
from tests.grading.world import AFTER_TERM, EXAM, HT26, TODAY
from tests.support.kept import kept

pytestmark = pytest.mark.django_db


def build(
    graded: Graded, today: date = AFTER_TERM, teacher_id: UUID | None = None
) -> list[GradeCatalogue]:
    return build_catalogue(
        actor=graded.maker,
        unit_id=graded.town.unit.pk,
        term=HT26,
        today=today,
        teacher_id=teacher_id,
    )


def content_of(made: GradeCatalogue) -> CatalogueContent:
    return from_json(made.content)


def rows_of(made: GradeCatalogue) -> list[tuple[str, str, str, str]]:
    return [
        (sheet.decider.name, row.grade, "+".join(row.marks), row.remarks.split(" 20")[0])
        for sheet in content_of(made).sheets
        for row in sheet.rows
    ]


def refused(graded: Graded, teacher_id: UUID | None = None) -> list[str]:
    with pytest.raises(ProblemsFoundError) as caught:
        build(graded, teacher_id=teacher_id)
    return [each.code for each in caught.value.problems]


def test_case_83_a_correction_makes_a_new_version_beside_the_untouched_original() -> None:
    graded = graded_group([world.person("Ada", "Åkesson"), world.person("Bo", "Berg")])
    (first,) = build(graded)
    old = GradeDecision.objects.get(placement__person__family_name="Åkesson")
    correct(graded, old, "A")

    (second,) = build(graded)

    assert [first.document_id, second.document_id] == ["BK-12345678-HT26-1", "BK-12345678-HT26-2"]
    assert content_of(second).replaces == first.document_id
    assert GradeCatalogue.objects.get(pk=first.pk).content == first.content
    assert rows_of(first) == [
        ("Karin Wallgren", "B", "Prövning", ""),
        ("Karin Wallgren", "B", "Prövning", ""),
    ]
    assert rows_of(second) == [
        ("Karin Wallgren", "B", "Prövning", ""),
        ("Karin Wallgren", "B", "Prövning+Rättat", "Rättat till A"),
        ("Rut Rektor", "A", "Prövning+Rättelse", "Tidigare betyg B från"),
    ]
    name = graded.group.name
    added = content_of(second).sheets[0].rows[1].remarks
    assert second.changes.splitlines() == [
        f"{name}, Karin Wallgren: Rad 2 har fått markeringen Rättat: {added}",
        f"{name}, Rut Rektor: Bladet är nytt",
        f"{name}, Rut Rektor: Rad 1 är ny: rättelse till A. Tidigare betyg B från 2026-10-05",
    ]


def test_the_paper_of_a_new_version_says_what_has_changed_on_the_sheet_it_concerns(
    graded: Graded,
) -> None:
    english = world.group(
        graded.town.unit, graded.teacher_person, of=world.course("ENGENG05", "Engelska 5")
    )
    grade(replace(graded, group=english), [world.person("Bo", "Berg")])
    build(graded)
    correct(graded, GradeDecision.objects.get(course_code="MATMAT03b"), "A")
    (second,) = build(graded)

    paper = read(content_of(second), lambda _: bytes(second.stored.content))

    unchanged, original, new = paper.pages
    assert "Oförändrat sedan version 1." in unchanged
    assert "Ändrat sedan version 1 Rad 1 har fått markeringen Rättat: Rättat till A" in original
    assert "Ändrat sedan version 1 Bladet är nytt Rad 1 är ny: rättelse till A." in new
    for page, sheet in zip(paper.pages, content_of(second).sheets, strict=True):
        assert "Ersätter BK-12345678-HT26-1 Dokument-id och version" in page
        assert printed_row(sheet.rows[0]) in page
    assert "Underskrift, rektor Namnförtydligande: Rut Rektor Datum" in new


def test_an_ändring_stands_on_the_teachers_own_sheet_beside_what_it_was(graded: Graded) -> None:
    amend(graded, GradeDecision.objects.get(), "A")

    assert rows_of(build(graded)[0]) == [
        ("Karin Wallgren", "B", "Prövning+Ändrat", "Ändrat till A"),
        ("Karin Wallgren", "A", "Prövning+Ändring", "Tidigare betyg B från"),
    ]


def test_a_new_prövning_is_a_new_decision_and_never_an_ändring() -> None:
    examinee = world.person("Ada", "Åkesson")
    graded = graded_group([examinee])
    later = world.place(graded.group, examinee, date(2026, 10, 9))
    decide_grades(
        actor=graded.teacher,
        group_id=graded.group.pk,
        values={later.pk: "A"},
        submission=uuid4(),
        today=TODAY,
    )

    assert rows_of(build(graded)[0]) == [
        ("Karin Wallgren", "B", "Prövning", ""),
        ("Karin Wallgren", "A", "Prövning", ""),
    ]


def test_teachers_who_decided_together_both_sign() -> None:
    graded = graded_group([world.person(), world.person()])
    colleague = world.teacher(graded.town.unit, "Bo")
    for decision in GradeDecision.objects.all():
        join(decision, colleague)

    (made,) = build(graded)

    (sheet,) = content_of(made).sheets
    assert [(each.name, each.role) for each in sheet.signers] == [
        ("Karin Wallgren", "LÄRARE"),
        ("Bo Wallgren", "MEDBESLUTANDE"),
    ]
    signers = CatalogueSigner.objects.order_by("place")
    assert [(each.person_id, each.role, each.decisions) for each in signers] == [
        (graded.teacher_person.pk, "LÄRARE", 2),
        (colleague.pk, "MEDBESLUTANDE", 2),
    ]


def test_a_pass_on_a_higher_level_in_a_later_term_asks_for_a_new_version() -> None:
    examinee = world.person("Ada", "Åkesson")
    one = world.course("MATO1000X", "Matematik nivå 1", curriculum=Curriculum.GY25, level="1")
    two = world.course("MATO2000X", "Matematik nivå 2", curriculum=Curriculum.GY25, level="2")
    graded = graded_group([world.person("Bo", "Berg")])
    own = replace(graded, group=world.group(graded.town.unit, graded.teacher_person, of=one))
    grade(own, [examinee])
    build(graded)
    assert catalogues_to_print(graded.maker, AFTER_TERM) == []
    spring = world.group(graded.town.unit, graded.teacher_person, of=two, term=HT26.next())
    decide_grades(
        actor=graded.teacher,
        group_id=spring.pk,
        values={world.place(spring, examinee, date(2027, 2, 1)).pk: "C"},
        submission=uuid4(),
        today=date(2027, 2, 8),
    )

    (waiting,) = catalogues_to_print(graded.maker, date(2027, 3, 1))
    assert (waiting.term, waiting.replaced, waiting.missing) == (HT26, 1, 0)
    (second,) = build(graded, date(2027, 3, 1))
    assert (
        "Karin Wallgren",
        "B",
        "Prövning+Ersatt",
        "Ersatt av MATO2000X, nivå 2, betyg C från",
    ) in (rows_of(second))
    assert catalogues_to_print(graded.maker, date(2027, 3, 1)) == []


def test_who_becomes_protected_after_the_print_asks_for_a_new_version() -> None:
    graded = graded_group([world.person("Ada", "Åkesson"), world.person("Siv", "Snart-Hemlig")])
    build(graded)
    Person.objects.filter(given_name="Siv").update(
        protection="Sekretessmarkering", case_number="SK-777777"
    )

    (waiting,) = catalogues_to_print(graded.maker, AFTER_TERM)
    assert (waiting.decisions, waiting.printed, waiting.moved) == (2, 2, True)
    ordinary, protected = build(graded)
    assert ("Snart-Hemlig" in ordinary.content, "Snart-Hemlig" in ordinary.changes) == (
        False,
        False,
    )
    assert "Rader som inte längre står på bladet: 1 st" in ordinary.changes
    assert "Snart-Hemlig" in protected.content
    assert catalogues_to_print(graded.maker, AFTER_TERM) == []


Parted = tuple[Graded, Person]


def two_teachers() -> Parted:
    """Store a unit where two teachers have graded, each in a group of their own."""
    graded = graded_group([world.person("Ada", "Åkesson")])
    colleague = world.teacher(graded.town.unit, "Bo")
    second = world.group(graded.town.unit, colleague, number=2)
    decide_grades(
        actor=world.grading_teacher(colleague, graded.town.unit),
        group_id=second.pk,
        values={world.place(second, world.person("Cia", "Ceder")).pk: "C"},
        submission=uuid4(),
        today=TODAY,
    )
    return graded, colleague


parted = kept(two_teachers)


def test_one_teachers_own_catalogue_holds_nothing_of_others_and_is_numbered_by_itself(
    parted: Parted,
) -> None:
    graded, colleague = parted

    (own,) = build(graded, teacher_id=colleague.pk)
    (other,) = build(graded, teacher_id=graded.teacher_person.pk)
    grade(graded, [world.person("Dan", "Dahl")])
    (again,) = build(graded, teacher_id=graded.teacher_person.pk)

    assert [each.document_id for each in (own, other, again)] == [
        "BK-12345678-HT26-L1-1",
        "BK-12345678-HT26-L2-1",
        "BK-12345678-HT26-L2-2",
    ]
    assert ("Ceder" in own.content, "Åkesson" in own.content) == (True, False)
    assert content_of(own).teacher == content_of(own).sheets[0].decider
    assert catalogues_to_print(graded.maker, AFTER_TERM) == []


def test_a_term_is_kept_in_one_way_so_that_each_decision_is_signed_in_one_place(
    parted: Parted,
) -> None:
    graded, colleague = parted
    build(graded, TODAY)
    build(graded, TODAY, colleague.pk)
    (own,) = build(graded, teacher_id=colleague.pk)

    assert refused(graded) == ["catalogue-kept-per-teacher"]
    (waiting,) = catalogues_to_print(graded.maker, AFTER_TERM)
    assert waiting.missing == 1
    assert GradeCatalogue.objects.filter(preliminary=False).get().pk == own.pk


def test_a_term_kept_whole_is_not_split_afterwards(parted: Parted) -> None:
    graded, colleague = parted
    build(graded)

    assert refused(graded, colleague.pk) == ["catalogue-kept-whole"]


def test_case_86_an_empty_catalogue_has_no_page_and_says_why(parted: Parted) -> None:
    graded, _ = parted
    waiting = world.teacher(graded.town.unit, "Eva")
    world.place(world.group(graded.town.unit, waiting, number=3))
    empty = graded_group([])
    taken_back = graded_group([])
    world.place(taken_back.group, outcome="withdrawn")
    world.place(taken_back.group, outcome="absent")

    assert refused(graded, waiting.pk) == ["catalogue-teacher-has-none"]
    assert refused(empty) == ["catalogue-nothing-decided"]
    assert refused(taken_back) == ["catalogue-all-withdrawn"]
    world.place(taken_back.group)
    assert refused(taken_back) == ["catalogue-nothing-decided"]
    assert not GradeCatalogue.objects.exists()


def test_case_86_a_person_in_two_groups_stands_on_both_sheets() -> None:
    examinee = world.person("Ada", "Åkesson")
    graded = graded_group([examinee])
    english = world.group(
        graded.town.unit, graded.teacher_person, of=world.course("ENGENG05", "Engelska 5")
    )
    grade(replace(graded, group=english), [examinee])

    (made,) = build(graded)

    assert [
        (sheet.course_name, [row.last_name for row in sheet.rows])
        for sheet in content_of(made).sheets
    ] == [("Engelska 5", ["Åkesson"]), ("Matematik 3b", ["Åkesson"])]


def test_case_87_a_protected_persons_correction_shares_no_page_and_no_word_in_the_other_part() -> (
    None
):
    graded = graded_group(
        [world.person("Ada", "Åkesson"), world.person("Siv", "Hemlig", protected=True)]
    )
    build(graded)
    correct(graded, GradeDecision.objects.get(placement__person__given_name="Siv"), "A")

    ordinary, protected = build(graded)

    assert (ordinary.version, protected.version) == (1, 2)
    paper = read(content_of(protected), lambda _: bytes(protected.stored.content))
    assert len(paper.pages) == 2
    assert [text.count("SKYDDAD IDENTITET") for text in paper.pages] == [1, 1]


def test_somebody_who_decides_nothing_in_the_unit_is_nobody_here(parted: Parted) -> None:
    graded, _ = parted
    stranger = world.teacher(graded.town.other_unit, "Olle")

    for unknown in (stranger.pk, uuid4(), person_of(graded.rektor)):
        with pytest.raises(NotFoundError):
            build(graded, teacher_id=unknown)


def test_placements_of_the_original_stay_as_they_were(graded: Graded) -> None:
    correct(graded, GradeDecision.objects.get(), "A")
    build(graded)

    assert Placement.objects.get().exam_date == EXAM
