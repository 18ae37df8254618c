"""Extracts for authorities: the whole file or nothing, kept as made, and handed over."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from provning.kernel.actors import Actor, Grant, Permission, Scope, ScopeKind
from provning.kernel.problems import (
    NotAllowedError,
    NotFoundError,
    NotOpenedError,
    ProblemsFoundError,
)
from provning.kernel.seen import watching
from provning.people.models import PersonNumber
from provning.reporting.actions import mark_sent, read_authority_extract, set_report_code
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract, AuthorityLine, ReportCode, SentExport
from provning.reporting.queries import (
    authority_extract_for,
    authority_extracts,
    changed_columns,
    report_codes,
)
from provning.reporting.writing import cells_in
from tests.builders import recorded
from tests.extracts.world import Office, correct, grade
from tests.grading import world
from tests.grading.world import EXAM, HT26, SINCE
from tests.reporting.world import TODAY, decide, examinee, know_codes, make, reporting_office, send

pytestmark = pytest.mark.django_db


def refusal(work: Callable[[], object]) -> list[str]:
    """Return the codes that an action refuses with."""
    with pytest.raises(ProblemsFoundError) as caught:
        work()
    return [each.code for each in caught.value.problems]


def lines(extract: AuthorityExtract) -> list[dict[str, str]]:
    return cells_in(bytes(extract.stored.content))


def test_the_file_has_every_standing_prövning_of_the_period_and_is_told_once() -> None:
    at = reporting_office()
    ada, bo = examinee(), examinee("Bo", "Ek")
    first, second = grade(at, ada, "C"), grade(at, bo, "A", unit=at.town.other_unit)
    world.place(first.placement.group, examinee("Cia"), outcome="withdrawn")

    with recorded() as names:
        made = make(at)

    assert names == ["authority_extract_made"]
    assert made.document_id == "SCB-0199-HT26-1"
    assert sorted((each["PersonNr"], each["Betyg"], each["Kursslut"]) for each in lines(made)) == (
        sorted(
            (PersonNumber.objects.get(person=person).number, value, EXAM.isoformat())
            for person, value in ((ada, "C"), (bo, "A"))
        )
    )
    assert json.loads(made.counts) == {
        "rows": 2,
        "graded": 2,
        "ungraded": 0,
        "persons": 2,
        "protected": 0,
        "left_out": 0,
    }
    held = set(made.lines.values_list("placement", "decision"))
    assert held == {(each.placement_id, each.pk) for each in (first, second)}


def test_the_same_again_is_the_extract_there_is() -> None:
    at = reporting_office()
    grade(at, examinee())
    made = make(at)

    with recorded() as names:
        assert make(at, today=TODAY + timedelta(days=1)) == made
    assert names == []


def test_a_prövning_without_grade_is_a_row_whose_reason_nobody_knows_the_code_of() -> None:
    """Domain 7.7 case 90."""
    at = reporting_office()
    group = world.group(at.unit, at.teacher)
    world.place(group, examinee(), outcome="absent")

    made = make(at)

    assert [(each["Betyg"], each["OrsakBetygSaknas"]) for each in lines(made)] == [("", "")]
    assert ["no_grade", "absent"] in json.loads(made.blanks)


def test_one_row_that_cannot_be_written_makes_nothing() -> None:
    at = reporting_office()
    grade(at, examinee())
    nameless = examinee()
    grade(at, nameless)
    PersonNumber.objects.filter(person=nameless).update(valid_to=TODAY)

    assert refusal(lambda: make(at)) == ["report-not-whole"]
    assert AuthorityExtract.objects.count() == 0


def test_an_empty_period_makes_nothing() -> None:
    at = reporting_office()
    grade(at, examinee(), day=date(2026, 5, 5))
    assert refusal(lambda: make(at, Target.UHR)) == ["report-empty"]


def test_an_unknown_code_stays_blank_and_stops_only_its_own_extract() -> None:
    at = reporting_office()
    grade(at, examinee())
    scb, uhr = make(at), make(at, Target.UHR)

    assert [each["ProvningValidering"] for each in lines(scb)] == [""]
    assert [each["Anmarkning"] for each in lines(uhr)] == ["P"]
    assert refusal(lambda: send(at, scb)) == ["report-code-unknown"] * 3
    assert send(at, uhr).document_id == "UHR-0199-HT26-1"


def test_a_code_that_has_been_written_is_in_the_next_extract_which_can_be_sent() -> None:
    at = reporting_office()
    grade(at, examinee())
    draft = make(at)
    know_codes(at)

    made = make(at)

    assert (draft.version, made.version, made.follows) == (1, 2, draft)
    assert [each["ProvningValidering"] for each in lines(made)] == ["0"]
    assert json.loads(made.blanks) == []
    assert send(at, made).export_id == made.pk


def test_csn_is_told_of_no_prövning_unless_policy_says_so() -> None:
    at = reporting_office()
    grade(at, examinee())

    assert refusal(lambda: make(at, Target.CSN)) == ["report-trials-left-out"]

    decide(at, "csn_trials", "included")
    assert [each["Studieresultat"] for each in lines(make(at, Target.CSN))] == ["C"]


def test_protected_persons_are_left_out_and_counted_unless_policy_says_otherwise() -> None:
    at = reporting_office()
    grade(at, examinee(), "A")
    hidden = examinee("Siri", "Skyddad", protected=True)
    grade(at, hidden, "B")

    made = make(at)

    assert [each["Betyg"] for each in lines(made)] == ["A"]
    assert json.loads(made.counts)["left_out"] == 1
    assert not made.holds_protected

    decide(at, "report_protected", "included")
    whole = make(at)
    assert sorted(each["Betyg"] for each in lines(whole)) == ["A", "B"]
    assert whole.holds_protected


def test_who_may_not_see_protected_persons_neither_makes_nor_reads_a_file_with_them() -> None:
    at = reporting_office()
    grade(at, examinee("Siri", "Skyddad", protected=True), "B")
    decide(at, "report_protected", "included")
    made = make(at)
    maker = _without_protected(at)

    assert refusal(lambda: make(at, actor=maker)) == ["report-protected-right"]
    assert refusal(lambda: read_authority_extract(actor=maker, extract_id=made.pk)) == [
        "report-protected-right"
    ]


def test_a_file_with_protected_persons_is_read_for_a_reason_and_notes_whom_it_gives() -> None:
    at, hidden = reporting_office(), examinee("Siri", "Skyddad", protected=True)
    for each in (examinee(), hidden):
        grade(at, each, "B")
    decide(at, "report_protected", "included")
    made = make(at)

    with watching() as unread, recorded() as events, pytest.raises(NotOpenedError):
        read_authority_extract(actor=replace(at.centre, opened=frozenset()), extract_id=made.pk)
    with watching() as seen:
        read_authority_extract(actor=at.centre, extract_id=made.pk)
    assert (unread.persons, events, seen.persons) == ({}, [], {hidden.pk: True})


def _without_protected(at: Office) -> Actor:
    """Return somebody who makes reports for the organiser but sees no protected person."""
    scope = Scope(ScopeKind.ORGANISER, at.town.organiser.pk)
    rights = frozenset({Permission.MAKE_REPORTS, Permission.VIEW_REPORTS})
    return Actor("x", "Xenia", "", (Grant("", scope, rights),))


def test_only_who_makes_reports_for_the_organiser_makes_one() -> None:
    at, elsewhere = reporting_office(), reporting_office()
    grade(at, examinee())

    with pytest.raises(NotAllowedError):
        make(at, actor=at.rektor)
    with pytest.raises(NotFoundError):
        make(at, actor=elsewhere.centre)
    assert AuthorityExtract.objects.count() == 0


def test_what_has_changed_since_the_last_is_told_line_by_line() -> None:
    at = reporting_office()
    old, gone = grade(at, examinee(), "D"), grade(at, examinee(), "A")
    grade(at, examinee(), "B")
    make(at)
    correct(at, old, "C")
    gone.placement.person.protection = "Sekretessmarkering"
    gone.placement.person.case_number = "SK-999999"
    gone.placement.person.save()
    new = grade(at, examinee(), "E")

    later = make(at)

    assert json.loads(later.changes) == {"new": 1, "changed": 1, "gone": 1}
    told = AuthorityLine.objects.filter(extract=later).exclude(change="same")
    assert set(told.values_list("placement", "change", "columns")) == {
        (old.placement_id, "changed", "Betyg"),
        (new.placement_id, "new", ""),
    }
    assert changed_columns(at.centre, later.pk) == [("Betyg", 1)]


def test_an_extract_can_be_neither_changed_nor_removed() -> None:
    at = reporting_office()
    grade(at, examinee())
    make(at)

    for rows, change in (
        (AuthorityExtract.objects.all(), {"rows": 9}),
        (AuthorityLine.objects.all(), {"number": 9}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)


def test_reading_the_file_is_told_and_gives_the_bytes_that_were_kept() -> None:
    at = reporting_office()
    grade(at, examinee())
    made = make(at)

    with recorded() as names:
        file = read_authority_extract(actor=at.centre, extract_id=made.pk)

    assert names == ["authority_extract_read"]
    assert (file.content, file.sha256) == (bytes(made.stored.content), made.stored_id)
    assert file.file_name == "scb-utkast-SCB-0199-HT26-1.csv"
    assert file.content.startswith(b"System;Datum;Version;PersonNr;")


def test_a_sent_extract_is_named_by_a_correction_and_counted_in_the_history() -> None:
    at = reporting_office()
    old = grade(at, examinee(), "D")
    know_codes(at)
    made = make(at)
    sent = send(at, made)
    correct(at, old, "C")

    assert (sent.covers_from, sent.covers_to) == (date(2026, 6, 29), date(2027, 1, 3))
    assert list(sent.held.values_list("decision", flat=True)) == [old.pk]
    [row] = authority_extracts(at.centre, at.town.organiser.pk, Target.SCB, HT26)
    assert (row.sent, row.corrected, row.latest) == (1, 1, True)


def test_one_form_marks_an_extract_as_sent_once() -> None:
    at, submission = reporting_office(), uuid4()
    grade(at, examinee())
    made = make(at, Target.UHR)

    assert send(at, made, submission) == send(at, made, submission)
    assert SentExport.objects.count() == 1


def test_another_organisers_extract_does_not_exist() -> None:
    at, elsewhere = reporting_office(), reporting_office()
    grade(at, examinee())
    made = make(at, Target.UHR)

    for look in (
        lambda: authority_extract_for(elsewhere.centre, made.pk),
        lambda: read_authority_extract(actor=elsewhere.centre, extract_id=made.pk),
        lambda: mark_sent(
            actor=elsewhere.centre,
            extract_id=made.pk,
            receiver="UHR",
            sent_on=TODAY,
            submission=uuid4(),
            today=TODAY,
        ),
    ):
        with pytest.raises(NotFoundError):
            look()
    assert authority_extracts(elsewhere.centre, at.town.organiser.pk, Target.UHR, HT26) == []


def test_a_code_is_kept_from_its_day_and_told_once() -> None:
    at = reporting_office()
    written = partial(
        set_report_code,
        actor=at.centre,
        organiser_id=at.town.organiser.pk,
        target=Target.SCB,
        key=("trial", "trial"),
        code=" P ",
        valid_from=TODAY,
    )

    with recorded() as names:
        assert written() == written()

    assert names == ["report_code_set"]
    known = {
        each.key: each for each in report_codes(at.centre, at.town.organiser.pk, Target.SCB, TODAY)
    }
    assert (known["trial", "trial"].code, known["trial", "trial"].valid_from) == ("P", TODAY)
    before = report_codes(at.centre, at.town.organiser.pk, Target.SCB, TODAY - timedelta(days=1))
    assert {each.code for each in before} == {""}


def test_a_code_that_cannot_be_written_in_the_file_is_refused() -> None:
    at = reporting_office()
    assert refusal(
        lambda: set_report_code(
            actor=at.centre,
            organiser_id=at.town.organiser.pk,
            target=Target.SCB,
            key=("trial", "no"),
            code="två ord;",
            valid_from=SINCE,
        )
    ) == ["report-code-none", "report-code-form"]
    assert ReportCode.objects.count() == 0
