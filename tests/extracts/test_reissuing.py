"""An extract that no longer says what stands is out of date; it is replaced, or copied when not."""

from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from provning.audit.queries import history_of
from provning.extracts.actions import copy_extract, reissue_extract
from provning.extracts.content import from_json
from provning.extracts.models import Extract
from provning.extracts.queries import extract_for, issued_to, outdated_extracts
from provning.extracts.rows import ChangeKind, ExtractState
from provning.kernel.problems import NotFoundError, ProblemsFoundError
from tests.extracts.test_issuing import codes
from tests.extracts.world import Desk, Issued, Office, correct, grade, issue, level, office
from tests.grading import world
from tests.support.pdf_text import text_of

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 3)
OUTDATED_QUERIES = 6


def reissue(at: Office, old: Extract) -> Extract:
    return reissue_extract(actor=at.rektor, extract_id=old.pk, submission=uuid4(), today=LATER)


def copied(at: Office, old: Extract, reason: str = "bortkommet i posten") -> Extract:
    return copy_extract(
        actor=at.rektor, extract_id=old.pk, reason=reason, submission=uuid4(), today=LATER
    )


def outdated(at: Office) -> list[tuple[str, list[tuple[ChangeKind, str, str, str]]]]:
    return [
        (
            row.extract.document_id,
            [
                (each.kind, each.course_code, each.before, each.after)
                for each in row.extract.changes
            ],
        )
        for row in outdated_extracts(at.rektor)
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("Rättelse", ChangeKind.CORRECTED), ("Ändring", ChangeKind.AMENDED)],
)
def test_a_corrected_or_amended_grade_makes_it_out_of_date(kind: str, expected: ChangeKind) -> None:
    at, ada, bo = office(), world.person(), world.person()
    old = grade(at, ada, "C")
    extract, _valid = issue(at, ada, [old]), issue(at, bo, [grade(at, bo)])
    assert outdated(at) == []
    correct(at, old, "B", kind)

    assert outdated(at) == [(extract.document_id, [(expected, "MATMAT03b", "C", "B")])]


def test_the_last_of_several_corrections_is_what_is_said(issued: Issued) -> None:
    at, _ada, old, extract = issued
    correct(at, correct(at, old, "E"), "B", "Ändring")

    assert outdated(at) == [(extract.document_id, [(ChangeKind.AMENDED, "MATMAT03b", "C", "B")])]


def test_a_later_pass_on_a_higher_level_makes_it_out_of_date(desk: Desk) -> None:
    at, ada = desk
    lower = grade(at, ada, "C", of=level("1b"))
    extract = issue(at, ada, [lower])
    grade(at, ada, "F", of=level("2"))
    assert outdated(at) == []
    grade(at, ada, "E", of=level("3"), unit=at.town.other_unit)

    assert outdated(at) == [
        (extract.document_id, [(ChangeKind.REPLACED, "MATO1B00X", "C", "MATO3000X")])
    ]


def test_a_higher_grade_that_is_corrected_to_a_fail_makes_it_out_of_date_too(desk: Desk) -> None:
    at, ada = desk
    lower, higher = grade(at, ada, "C", of=level("1b")), grade(at, ada, "E", of=level("2"))
    extract = issue(at, ada, [lower])
    correct(at, higher, "F")

    assert outdated(at) == [(extract.document_id, [(ChangeKind.REINSTATED, "MATO1B00X", "C", "C")])]


def test_a_grade_that_it_does_not_hold_changes_nothing(desk: Desk) -> None:
    at, ada = desk
    left_out = grade(at, ada, "C", of=world.course("ENGENG06", "Engelska 6"))
    extract = issue(at, ada, [grade(at, ada)])
    correct(at, left_out, "A")

    assert outdated(at) == []
    assert extract_for(at.rektor, extract.pk).state is ExtractState.VALID


def test_a_new_extract_holds_what_stands_and_the_old_one_stays_and_is_void(desk: Desk) -> None:
    at, ada = desk
    old, other = grade(at, ada, "C"), grade(at, ada, "D", of=world.course("ENGENG06", "Eng 6"))
    first = issue(at, ada, [old, other], english=True)
    before = first.content
    new = correct(at, old, "B")

    second = reissue(at, first)

    held = set(second.chosen.values_list("decision_id", flat=True))
    assert held == {new.pk, other.pk}
    assert (second.replaces, second.english, second.issued_on) == (first, True, LATER)
    assert f"Ersätter {first.document_id}, som inte längre gäller." in text_of(
        bytes(second.stored.content)
    )
    first.refresh_from_db()
    assert first.content == before
    rows = issued_to(at.rektor, ada.pk)
    assert [(row.document_id, row.state, row.replaced_by) for row in rows] == [
        (second.document_id, ExtractState.VALID, ""),
        (first.document_id, ExtractState.VOID, second.document_id),
    ]
    assert outdated(at) == []
    assert history_of("extract", second.pk)[0].name == "extract_reissued"


def test_a_second_click_makes_one_new_extract(desk: Desk) -> None:
    at, ada = desk
    old = grade(at, ada)
    first, submission = issue(at, ada, [old]), uuid4()
    correct(at, old, "A")

    made = {
        reissue_extract(actor=at.rektor, extract_id=first.pk, submission=submission, today=LATER).pk
        for _click in range(2)
    }

    assert (len(made), Extract.objects.count()) == (1, 2)


def test_what_has_been_replaced_is_not_replaced_again_nor_copied(issued: Issued) -> None:
    at, _ada, old, first = issued
    correct(at, old, "A")
    second = reissue(at, first)

    for act in (reissue, copied):
        with pytest.raises(ProblemsFoundError) as refusal:
            act(at, first)
        assert codes(refusal) == ["extract-void"]
        assert second.document_id in refusal.value.problems[0].text


def test_what_still_stands_is_not_replaced(issued: Issued) -> None:
    at, _ada, _old, extract = issued

    with pytest.raises(ProblemsFoundError) as refusal:
        reissue(at, extract)

    assert codes(refusal) == ["extract-current"]


def test_a_form_is_not_used_for_another_extract() -> None:
    at, ada, bo = office(), world.person(), world.person()
    submission = uuid4()
    issue(at, ada, [grade(at, ada)], submission=submission)
    his = grade(at, bo)
    other = issue(at, bo, [his])
    correct(at, his, "A")

    for act in (reissue_extract, partial(copy_extract, reason="borta")):
        with pytest.raises(ProblemsFoundError) as refusal:
            act(actor=at.rektor, extract_id=other.pk, submission=submission, today=LATER)
        assert codes(refusal) == ["extract-form-used"]


def test_a_lost_original_is_printed_again_as_a_copy_of_what_it_said() -> None:
    at, ada = office(), world.person("Ada", "Berg")
    original = issue(at, ada, [grade(at, ada, "B")])
    ada.family_name = "Omdöpt"
    ada.save()

    first, second = copied(at, original), copied(at, original)

    text = text_of(bytes(first.stored.content))
    assert "KOPIA" in text
    assert f"Kopia av {original.document_id}, skriven 2026-12-03." in text
    assert "Efternamn Berg Förnamn Ada" in text
    assert "Utfärdat 2026-11-25" in text
    content = from_json(first.content)
    assert content.lines == from_json(original.content).lines
    assert [each.document_id for each in (first, second)] == [
        f"{original.document_id}-K1",
        f"{original.document_id}-K2",
    ]
    [event] = history_of("extract", first.pk)
    assert (event.name, event.reason) == ("extract_copied", "bortkommet i posten")


def test_a_copy_becomes_void_with_its_original(issued: Issued) -> None:
    at, _ada, old, original = issued
    copy = copied(at, original)
    assert copied(at, copy).copy_of == original
    correct(at, old, "A")
    assert [row.extract.document_id for row in outdated_extracts(at.rektor)] == [
        original.document_id
    ]

    new = reissue(at, copy)

    assert new.replaces == original
    assert extract_for(at.rektor, copy.pk).state is ExtractState.VOID


def test_what_is_out_of_date_is_not_copied_and_a_copy_needs_its_reason(issued: Issued) -> None:
    at, _ada, old, original = issued
    correct(at, old, "A")

    with pytest.raises(ProblemsFoundError) as refusal:
        copied(at, original, " ")

    assert codes(refusal) == ["extract-outdated", "extract-copy-reason"]


def test_the_database_refuses_a_copy_without_a_reason(desk: Desk) -> None:
    at, ada = desk
    copy = copied(at, issue(at, ada, [grade(at, ada)]))
    copy.pk, copy.document_id, copy.submission, copy.reason = uuid4(), "UT-X", uuid4(), ""

    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_another_units_extract_does_not_exist(issued: Issued) -> None:
    at, ada, old, extract = issued
    world.place(world.group(at.town.other_unit, None), ada)
    correct(at, old, "A")

    assert outdated_extracts(at.other_rektor) == []
    assert issued_to(at.other_rektor, ada.pk) == []
    with pytest.raises(NotFoundError):
        reissue_extract(
            actor=at.other_rektor, extract_id=extract.pk, submission=uuid4(), today=LATER
        )
    with pytest.raises(NotFoundError):
        copy_extract(
            actor=world.administrator(at.unit),
            extract_id=extract.pk,
            reason="x",
            submission=uuid4(),
            today=LATER,
        )


@pytest.mark.parametrize("size", [1, 30])
def test_what_is_out_of_date_is_found_in_the_same_few_queries(
    size: int, django_assert_num_queries: DjangoAssertNumQueries, issued: Issued
) -> None:
    at, _ada, old, original = issued
    for number in range(size - 1):
        multiplied(original, number)
    correct(at, old, "A")

    with django_assert_num_queries(OUTDATED_QUERIES):
        assert len(outdated_extracts(at.rektor)) == size


def multiplied(original: Extract, number: int) -> None:
    """Store one more extract of the same grades, without printing."""
    held = list(original.chosen.all())
    extract = Extract.objects.get(pk=original.pk)
    extract.pk, extract.document_id, extract.submission = uuid4(), f"UT-{number}", uuid4()
    extract.save(force_insert=True)
    for each in held:
        extract.chosen.create(decision_id=each.decision_id, replaced=each.replaced)
