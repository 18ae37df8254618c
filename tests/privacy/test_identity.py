"""Who somebody is changes by two: one proposes, another approves, and nothing is lost."""

from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from provning.audit.queries import history_of
from provning.exams.models import Placement
from provning.exams.queries import study_plan
from provning.extracts.actions import issue_extract
from provning.extracts.models import Extract
from provning.grading.models import GradeDecision
from provning.grading.queries import person_decisions, standings_of
from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.models import SchoolUnit
from provning.people.actions import merge_persons, set_protection
from provning.people.models import Enrolment, Person, PersonNumber
from provning.people.queries import person_by_number, person_details, search_persons
from provning.people.queries.masking import read_number
from provning.privacy import rules
from provning.privacy.actions import (
    approve_case,
    propose_merge,
    propose_number,
    refuse_case,
    undo_merge,
)
from provning.privacy.models import IdentityCase
from provning.privacy.queries import case_for, conflicts_of, open_cases
from tests import builders
from tests.applications.requests import elsewhere
from tests.builders import PROGRAM, TODAY, recorded
from tests.support.kept import kept
from tests.web.stage import Stage, build_graded_stage

stage = kept(build_graded_stage)
REASON = "Skatteverket har tilldelat personnummer"


def alva() -> Person:
    """Return who has a decided grade, under the number so far."""
    return Person.objects.filter(given_name="Alva").order_by("numbers__pk")[0]


def centre(stage: Stage) -> Actor:
    return stage.town.centre


def number_of(person: Person) -> str:
    return PersonNumber.objects.get(person=person).number


def proposed(who: Actor, kept_row: Person, other: Person) -> IdentityCase:
    return propose_merge(
        actor=who,
        person_id=kept_row.pk,
        other_number=number_of(other),
        reason=REASON,
        submission=uuid4(),
        today=TODAY,
    )


def number_case(stage: Stage, person: Person, number: str) -> IdentityCase:
    return propose_number(
        actor=centre(stage),
        person_id=person.pk,
        identity_number=number,
        reason=REASON,
        submission=uuid4(),
        today=TODAY,
    )


def merged(stage: Stage) -> tuple[Person, Person, IdentityCase]:
    """Return the kept row, the one with the grade, and the approved case."""
    other, kept_row = alva(), stage.town.person("Alva", "Bergqvist")
    case = proposed(centre(stage), kept_row, other)
    approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)
    return kept_row, other, case


def rows() -> tuple[list[object], ...]:
    """Return everything that a merge must leave as it was."""
    models = (Placement, GradeDecision, Enrolment, PersonNumber)
    return tuple(list(model.objects.order_by("pk").values_list()) for model in models)


def codes(error: pytest.ExceptionInfo[ProblemsFoundError]) -> set[str]:
    return {each.code for each in error.value.problems}


def test_a_merge_moves_nothing_and_reads_follow(stage: Stage) -> None:
    other, kept_row = alva(), stage.town.person("Alva", "Bergqvist")
    before = rows()
    case = proposed(centre(stage), kept_row, other)
    approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)
    assert rows() == before
    assert [each.person.id for each in study_plan(PROGRAM, kept_row.pk)] == [other.pk]
    assert [row.value for row in person_decisions([kept_row.pk])[kept_row.pk]] == ["B"]
    assert [each.value for each in standings_of([kept_row.pk])[kept_row.pk]] == ["B"]
    assert len(person_details(PROGRAM, kept_row.pk).numbers) == 2
    assert len(person_details(PROGRAM, kept_row.pk).enrolments) == 2


def test_the_old_number_finds_the_one_person_and_a_name_finds_them_once(stage: Stage) -> None:
    kept_row, other, _case = merged(stage)
    by_number = search_persons(PROGRAM, number_of(other), today=TODAY)
    by_name = search_persons(PROGRAM, "alva berg", today=TODAY)
    assert [row.id for row in by_number.rows] == [kept_row.pk]
    assert [row.id for row in by_name.rows] == [kept_row.pk]
    assert person_by_number(number_of(other)) == kept_row.pk


def test_who_sees_the_merged_row_sees_the_kept_one(stage: Stage) -> None:
    other = alva()
    kept_row = stage.town.person("Alva", "Bergqvist", at=stage.town.contracted)
    own = stage.town.admin
    with pytest.raises(NotFoundError):
        person_details(own, kept_row.pk)
    case = proposed(centre(stage), kept_row, other)
    approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)
    assert person_details(own, kept_row.pk).row.id == kept_row.pk


def test_who_proposed_never_approves(stage: Stage) -> None:
    who = centre(stage)
    case = proposed(who, stage.town.person("Alva", "Bergqvist"), alva())
    with pytest.raises(ProblemsFoundError) as error:
        approve_case(actor=who, case_id=case.pk, today=TODAY)
    assert codes(error) == {"four-eyes"}
    assert alva_rows_are_apart()
    with pytest.raises(IntegrityError), transaction.atomic():
        IdentityCase.objects.update(state="approved", decided_by_account=who.id)


def alva_rows_are_apart() -> bool:
    return not Person.objects.filter(merged_into__isnull=False).exists()


def test_a_merge_is_undone_and_each_row_answers_for_itself(stage: Stage) -> None:
    kept_row, other, case = merged(stage)
    undo_merge(actor=centre(stage), case_id=case.pk)
    with pytest.raises(NotFoundError):
        undo_merge(actor=centre(stage), case_id=case.pk)
    assert case_for(centre(stage), case.pk).state == "undone"
    assert person_decisions([kept_row.pk]) == {}
    assert [row.value for row in person_decisions([other.pk])[other.pk]] == ["B"]
    names = [row.name for row in history_of("person", other.pk)][:4]
    assert names == ["identity_undone", "persons_parted", "identity_approved", "persons_merged"]


def test_a_merge_is_not_undone_once_an_extract_rests_on_it(stage: Stage) -> None:
    kept_row, _other, case = merged(stage)
    _extract(stage, kept_row)
    with pytest.raises(ProblemsFoundError) as error:
        undo_merge(actor=centre(stage), case_id=case.pk)
    assert codes(error) == {"identity-undo-late"}


def _extract(stage: Stage, person: Person) -> Extract:
    """Issue an extract of the merged grade, as rektor."""
    SchoolUnit.objects.update(principal_name="Rut Rektor")
    [decision] = GradeDecision.objects.all()
    rektor = builders.actor("principal", ScopeKind.UNIT, stage.town.centrum)
    return issue_extract(
        actor=rektor,
        person_id=person.pk,
        decision_ids=[decision.pk],
        submission=uuid4(),
        today=TODAY,
    )


def test_what_differs_is_shown_before_it_is_decided(stage: Stage) -> None:
    kept_row, other = stage.town.person("Alva", "Berg"), alva()
    stage.decide(stage.place(kept_row), "C")
    case = proposed(centre(stage), kept_row, other)
    who = centre(stage)
    found = {each[0]: each[1:] for each in conflicts_of(who, case_for(who, case.pk))}
    assert found["Efternamn"] == ("Berg", "Bergqvist")
    assert found["MATMAT03b"] == ("C", "B")
    assert "Förnamn" not in found


def test_a_new_number_holds_when_another_has_approved_and_the_old_still_finds(
    stage: Stage,
) -> None:
    person, number = alva(), next(stage.town.numbers)
    old = number_of(person)
    with recorded() as events:
        case = number_case(stage, person, number)
    assert events == ["identity_proposed"]
    [event] = history_of("identity_case", case.pk)
    assert (event.after, event.reason) == ({"kind": "number", "mistaken": False}, REASON)
    assert number_of(person) == old
    assert case_for(centre(stage), case.pk).previous == ""
    approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)
    found = [person_by_number(each) for each in (old, number)]
    assert found == [person.pk, person.pk]
    row = case_for(centre(stage), case.pk)
    assert (row.previous, row.number) == tuple(read_number(each).display for each in (old, number))


def test_a_proposal_is_turned_down_and_nothing_changes(stage: Stage) -> None:
    before, kept_row, other = rows(), stage.town.person("Alva", "Bergqvist"), alva()
    with recorded() as events:
        case = proposed(centre(stage), kept_row, other)
        refuse_case(actor=centre(stage), case_id=case.pk)
    assert events == ["identity_proposed", "identity_proposal_refused"]
    history = history_of("identity_case", case.pk)
    facts = ({"kind": "merge", "mistaken": False}, REASON)
    assert [(each.after, each.reason) for each in history] == [facts] * 2
    assert [history_of("person", each.pk)[0] for each in (kept_row, other)] == [history[0]] * 2
    assert alva_rows_are_apart()
    assert rows()[:2] == before[:2]
    with pytest.raises(NotFoundError):
        approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)


def test_a_person_has_one_open_case_and_a_form_sent_twice_makes_one(stage: Stage) -> None:
    kept_row, submission = stage.town.person("Alva", "Bergqvist"), uuid4()

    def send(form: UUID, who: Actor = stage.town.centre) -> IdentityCase:
        return propose_merge(
            actor=who,
            person_id=kept_row.pk,
            other_number=number_of(alva()),
            reason=REASON,
            submission=form,
            today=TODAY,
        )

    assert send(submission) == send(submission)
    with pytest.raises(ConflictError) as error:
        send(uuid4())
    assert codes(error) == {"identity-case-open"}
    beyond = builders.actor("adult_education_centre", ScopeKind.ORGANISER, elsewhere())
    with pytest.raises(NotFoundError):
        send(submission, beyond)
    for ask in (
        lambda who: send(submission, who),
        open_cases,
        lambda who: case_for(who, IdentityCase.objects.get().pk),
    ):
        with pytest.raises(NotAllowedError):
            ask(stage.town.principal)


def test_what_cannot_be_proposed_says_why(stage: Stage) -> None:
    kept_row, nobody = stage.town.person("Alva", "Bergqvist"), next(stage.town.numbers)
    who = centre(stage)

    def refused(number: str, reason: str) -> set[str]:
        with pytest.raises(ProblemsFoundError) as error:
            propose_merge(
                actor=who,
                person_id=kept_row.pk,
                other_number=number,
                reason=reason,
                submission=uuid4(),
                today=TODAY,
            )
        return codes(error)

    assert refused(nobody, "") == {"identity-nobody", "identity-reason-empty"}
    assert refused(number_of(alva()), "x" * 301) == {"identity-reason-long"}
    assert refused(number_of(kept_row), REASON) == {"identity-same-row"}
    with pytest.raises(ProblemsFoundError) as error:
        propose_number(
            actor=who,
            person_id=kept_row.pk,
            identity_number=number_of(alva()),
            reason=REASON,
            submission=uuid4(),
            today=TODAY,
        )
    assert codes(error) == {"identity-number-taken"}


def test_rows_that_cannot_be_one_are_refused(stage: Stage) -> None:
    kept_row, other, _case = merged(stage)
    third = stage.town.person("Alva", "Bergqvist")
    for kept_id, merged_id, said in (
        (kept_row.pk, kept_row.pk, {"merge-same"}),
        (third.pk, other.pk, {"merge-chained"}),
        (third.pk, stage.teacher.pk, {"merge-staff"}),
    ):
        with pytest.raises(ProblemsFoundError) as error:
            merge_persons(actor=PROGRAM, kept_id=kept_id, merged_id=merged_id)
        assert codes(error) == said


def test_nobody_approves_what_they_do_not_see(stage: Stage) -> None:
    person, new = stage.town.person(protection="Sekretessmarkering"), next(stage.town.numbers)
    case = number_case(stage, person, new)
    closed = replace(centre(stage), opened=frozenset())
    with pytest.raises(ProblemsFoundError) as error:
        approve_case(actor=closed, case_id=case.pk, today=TODAY)
    assert codes(error) == {"identity-unseen"}
    opened, old = replace(closed, opened=frozenset({person.pk})), number_of(person)
    approve_case(actor=opened, case_id=case.pk, today=TODAY)
    assert person_by_number(new) == person.pk
    seen = [case_for(who, case.pk) for who in (closed, opened)]
    shown = tuple(read_number(each).display for each in (old, new))
    assert [(row.previous, row.number) for row in seen] == [("", ""), shown]


def test_a_number_that_was_never_the_persons_is_not_shown_as_their_previous_one(
    stage: Stage,
) -> None:
    person, number = alva(), next(stage.town.numbers)
    case = propose_number(
        actor=centre(stage),
        person_id=person.pk,
        identity_number=number,
        mistaken=True,
        reason=REASON,
        submission=uuid4(),
        today=TODAY,
    )
    old = number_of(person)
    approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)
    row = case_for(centre(stage), case.pk)
    assert (row.previous, row.mistaken, person_by_number(old)) == ("", True, None)


def test_a_number_that_another_organiser_has_is_taken_and_nobody_is_named(stage: Stage) -> None:
    theirs = stage.town.person("Olle", "Ekman", at=elsewhere())
    person = stage.town.person("Alva", "Bergqvist")
    case = number_case(stage, person, number_of(theirs))
    with pytest.raises(ProblemsFoundError) as error:
        approve_case(actor=centre(stage), case_id=case.pk, today=TODAY)
    [problem] = error.value.problems
    here = rules.taken(read_number(number_of(theirs)).display)
    assert (problem, "Olle" in problem.text) == (here, False)
    assert person_by_number(number_of(theirs)) == theirs.pk


def test_a_case_does_not_exist_elsewhere(stage: Stage) -> None:
    case = proposed(centre(stage), stage.town.person("Alva", "Bergqvist"), alva())
    elsewhere = builders.actor("adult_education_centre", ScopeKind.ORGANISER, uuid4())
    assert open_cases(elsewhere) == []
    with pytest.raises(NotFoundError):
        approve_case(actor=elsewhere, case_id=case.pk, today=TODAY)
    with pytest.raises(NotFoundError):
        case_for(elsewhere, case.pk)
    assert [row.id for row in open_cases(centre(stage))] == [case.pk]


def keeper(organiser: UUID) -> Actor:
    """Return who gives duties for a huvudman, and registers no persons."""
    return builders.actor("system_administrator", ScopeKind.ORGANISER, organiser)


def test_a_number_of_staff_is_proposed_by_who_keeps_them_and_reaches_nobody_else(
    stage: Stage,
) -> None:
    town, number = stage.town, next(stage.town.numbers)
    one, another = keeper(town.organiser), keeper(town.organiser)
    away = keeper(uuid4())
    student, hidden = town.person("Stina"), town.teacher("Dold")
    set_protection(
        actor=PROGRAM,
        person_id=hidden.pk,
        protection="Sekretessmarkering",
        expected_version=1,
        today=TODAY,
    )
    ask = partial(
        propose_number, identity_number=number, reason=REASON, submission=uuid4(), today=TODAY
    )
    for who, person in ((away, stage.teacher), (one, student), (one, hidden)):
        with pytest.raises(NotFoundError):
            ask(actor=who, person_id=person.pk)
    case = ask(actor=one, person_id=stage.teacher.pk)
    reached = [[each.id for each in open_cases(who)] for who in (one, another, town.centre, away)]
    assert reached == [[case.pk]] * 3 + [[]]
    for act in (partial(approve_case, today=TODAY), refuse_case):
        with pytest.raises(NotAllowedError):
            act(actor=another, case_id=case.pk)
    approve_case(actor=town.centre, case_id=case.pk, today=TODAY)
    assert person_by_number(number) == stage.teacher.pk


def test_who_keeps_staff_sees_no_case_of_a_student(stage: Stage) -> None:
    case = number_case(stage, stage.town.person("Stina"), next(stage.town.numbers))
    assert open_cases(keeper(stage.town.organiser)) == []
    with pytest.raises(NotFoundError):
        case_for(keeper(stage.town.organiser), case.pk)
