"""Enrolments are facts; duties and accounts over time."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provning.accounts.mailing import address_of
from provning.audit.queries import history_of
from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people import rules
from provning.people.actions import (
    EnrolmentEntry,
    end_duty,
    enrol,
    enrol_many,
    give_duty,
    link_account,
    set_status,
)
from provning.people.models import Duty, Enrolment, Person
from provning.people.queries import has_been_enrolled, teacher_on, teachers_for_unit
from tests.builders import FIRST, PROGRAM, TODAY, Town, account, actor, recorded

SPRING = date(2026, 1, 12)


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def enrolled(
    town: Town, person: Person, who: Actor = PROGRAM, *, unit: UUID | None = None
) -> Enrolment:
    return enrol(
        actor=who, person_id=person.id, provider_id=town.own, unit_id=unit, start_date=SPRING
    )


def test_never_enrolled_is_a_fact_of_person_and_provider(town: Town) -> None:
    person = town.stranger()
    assert not has_been_enrolled(person.id, town.own)
    with recorded() as events:
        enrolled(town, person, town.centre, unit=town.hamnen)
    assert events == ["person_enrolled"]
    assert has_been_enrolled(person.id, town.own)
    assert not has_been_enrolled(person.id, town.contracted)


def test_who_has_left_has_still_been_enrolled(town: Town) -> None:
    person = town.stranger()
    enrol(
        actor=PROGRAM,
        person_id=person.id,
        provider_id=town.own,
        start_date=FIRST,
        end_date=date(2020, 6, 12),
    )
    assert has_been_enrolled(person.id, town.own)
    later = enrolled(town, person)
    assert later.start_date == SPRING
    assert Enrolment.objects.filter(person=person).count() == 2


def test_who_is_enrolled_already_stays_so_without_an_event(town: Town) -> None:
    person = town.person()
    with recorded() as events:
        assert enrolled(town, person).start_date == FIRST
    assert events == []


def test_what_does_not_fit_is_refused_at_once(town: Town) -> None:
    person = town.person()
    set_status(
        actor=PROGRAM,
        person_id=person.id,
        status="Avliden",
        status_on=TODAY,
        today=TODAY,
        expected_version=1,
    )
    with pytest.raises(ProblemsFoundError) as refusal:
        enrol(
            actor=PROGRAM,
            person_id=person.id,
            provider_id=town.own,
            unit_id=town.kompaniet,
            start_date=SPRING,
            end_date=FIRST,
        )
    assert codes(refusal) == [
        ("enrolment-dates", "end_date"),
        ("enrolment-unit", "unit"),
        ("enrolment-deceased", "identity_number"),
    ]


def test_a_provider_enrols_nobody_and_a_centre_only_within_its_organiser(town: Town) -> None:
    person = town.stranger()
    with pytest.raises(NotAllowedError):
        enrolled(town, person, town.admin)
    elsewhere = actor("adult_education_centre", ScopeKind.ORGANISER, uuid4())
    with pytest.raises(NotFoundError):
        enrolled(town, person, elsewhere)
    assert not Enrolment.objects.exists()


def test_a_person_that_does_not_exist_is_not_enrolled(town: Town) -> None:
    with pytest.raises(NotFoundError):
        enrol(actor=PROGRAM, person_id=uuid4(), provider_id=town.own, start_date=SPRING)


def test_a_list_is_enrolled_with_one_event_of_who_is_new(town: Town) -> None:
    already, new = town.person(), town.stranger()
    entries = [
        EnrolmentEntry(person.id, town.own, town.centrum, SPRING) for person in (already, new, new)
    ]
    with recorded() as events:
        enrolments = enrol_many(actor=town.centre, entries=entries)
    assert events == ["persons_enrolled"]
    assert [each.person_id for each in enrolments] == [already.id, new.id, new.id]
    latest = history_of("person", new.id)[0]
    assert (latest.name, latest.after["persons"]) == ("persons_enrolled", [str(new.id)])


def test_a_list_with_one_fault_enrols_nobody(town: Town) -> None:
    entries = [
        EnrolmentEntry(town.stranger().id, town.own, unit, SPRING)
        for unit in (town.centrum, town.kompaniet)
    ]
    with pytest.raises(ProblemsFoundError):
        enrol_many(actor=PROGRAM, entries=entries)
    assert not Enrolment.objects.exists()


def test_a_teacher_is_on_duty_from_the_first_day_to_the_last(town: Town) -> None:
    teacher = town.teacher("Karin")
    duty = Duty.objects.get(person=teacher)
    last = date(2026, 6, 12)
    with recorded() as events:
        end_duty(actor=PROGRAM, duty_id=duty.id, last_day=last)
        end_duty(actor=PROGRAM, duty_id=duty.id, last_day=last)
    assert events == ["duty_ended"]
    days = (date(2019, 12, 31), FIRST, last, date(2026, 6, 13))
    on_duty = [teacher_on(teacher.id, town.centrum, day) is not None for day in days]
    assert on_duty == [False, True, True, False]


def test_teachers_of_a_unit_come_in_swedish_order_without_those_of_others(town: Town) -> None:
    for name in ("Örjan", "Åke", "Karin"):
        town.teacher(name)
    town.teacher("Eva", unit=town.kompaniet)
    principal = town.stranger("Rektor", "Alm")
    give_duty(
        actor=PROGRAM,
        person_id=principal.id,
        unit_id=town.centrum,
        role="Rektor",
        start_date=FIRST,
    )
    rows = teachers_for_unit(town.centrum, TODAY)
    assert [row.name for row in rows] == ["Karin Wallgren", "Åke Wallgren", "Örjan Wallgren"]
    assert {(row.registered_teacher, row.subjects) for row in rows} == {(True, ("MAT", "ENG"))}


def test_the_same_duty_twice_and_a_wrong_one_are_refused(town: Town) -> None:
    teacher = town.teacher()
    with pytest.raises(ProblemsFoundError) as refusal:
        give_duty(
            actor=PROGRAM,
            person_id=teacher.id,
            unit_id=town.centrum,
            role="Lärare",
            subjects="M " * 300,
            start_date=SPRING,
        )
    assert codes(refusal) == [("duty-subjects-long", "subjects"), ("duty-held", "start_date")]
    with pytest.raises(ProblemsFoundError) as refusal:
        give_duty(
            actor=PROGRAM,
            person_id=teacher.id,
            unit_id=town.centrum,
            role="Vikarie",
            start_date=SPRING,
            end_date=FIRST,
        )
    assert codes(refusal) == [("duty-dates", "end_date"), ("duty-role-unknown", "role")]
    duty = Duty.objects.get(person=teacher)
    with pytest.raises(ProblemsFoundError) as refusal, recorded() as events:
        end_duty(actor=PROGRAM, duty_id=duty.pk, last_day=duty.start_date - timedelta(days=1))
    assert (codes(refusal), events) == ([("duty-dates", "end_date")], [])


def test_only_who_manages_the_organisation_gives_duties(town: Town) -> None:
    person = town.stranger()
    for who in (town.admin, town.centre, town.principal):
        with pytest.raises(NotAllowedError):
            give_duty(
                actor=who,
                person_id=person.id,
                unit_id=town.centrum,
                role="Lärare",
                start_date=SPRING,
            )


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 12))
PERIODS = st.tuples(DAYS, st.none() | DAYS).filter(
    lambda each: each[1] is None or each[1] >= each[0]
)


@given(PERIODS, PERIODS)
def test_periods_overlap_when_they_share_a_day(
    one: tuple[date, date | None], other: tuple[date, date | None]
) -> None:
    def days(period: tuple[date, date | None]) -> set[int]:
        last = period[1] or date(2020, 3, 1)
        return set(range(period[0].toordinal(), last.toordinal() + 1))

    shared = bool(days(one) & days(other))
    assert rules.overlaps(*one, [other]) is shared
    assert rules.overlaps(*other, [one]) is shared


@given(st.integers(0, 999_998))
def test_case_numbers_follow_each_other_and_sort_as_text(given_so_far: int) -> None:
    latest = f"SI-{given_so_far:06d}"
    following = rules.case_number_after(latest)
    assert int(following[3:]) == given_so_far + 1
    assert following > latest
    assert rules.CASE_NUMBER.fullmatch(following)


def test_no_mail_goes_to_the_account_of_somebody_who_has_died(town: Town) -> None:
    user = account("karin")
    user.email = "karin@example.se"
    user.save()
    person = town.teacher("Karin")
    link_account(actor=PROGRAM, person_id=person.id, user_id=user.pk)
    assert address_of(user) == "karin@example.se"
    Person.objects.filter(pk=person.pk).update(status="Avliden")
    assert address_of(user) == ""
