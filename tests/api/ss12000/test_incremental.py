"""Whoever fetches what has changed holds, after any edits, exactly what we hold."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from provning.courses.models import Course
from provning.exams.actions import (
    change_exam_date,
    connect_co_teacher,
    connect_grading_teacher,
    record_outcome,
    withdraw_placement,
)
from provning.exams.models import ExamGroup, Placement
from provning.grading.actions import amend_grade, correct_grade
from provning.grading.models import GradeDecision
from provning.kernel.actors import Scope, ScopeKind
from provning.kernel.problems import ProblemsFoundError
from provning.organisation.models import SchoolUnit
from provning.people.actions import (
    change_number,
    end_duty,
    enrol,
    give_duty,
    merge_persons,
    part_persons,
    rename_person,
    set_protection,
    set_status,
    take_back_duties,
    take_back_enrolments,
    take_back_persons,
)
from provning.people.models import Duty, Enrolment, Person
from tests import builders
from tests.api.ss12000.mirror import Mirror
from tests.api.ss12000.world import Scene, asker, settled
from tests.builders import FIRST, PROGRAM, TODAY

pytestmark = pytest.mark.django_db
DAYS = (date(2026, 11, 10), date(2026, 11, 11), date(2026, 11, 12))
PROTECTIONS = ("Ingen", "Sekretessmarkering", "Skyddad folkbokföring")


class Edits(RuleBasedStateMachine):
    """Random edits by everybody, and clients that follow."""

    scene: Scene
    begun: list[Mirror]

    def __init__(self) -> None:
        """Begin with the scene and clients that hold all of it, as `begun` do."""
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.mirrors = [each.again() for each in self.begun]
        self.step = self.edits = 0

    def teardown(self) -> None:
        """Let the clients come to the end, and take everything back."""
        self.follow()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @invariant()
    def _one_more(self) -> None:
        self.edits += 1

    @precondition(lambda self: self.edits > 1)  # Just after another there is nothing to fetch.
    @rule()
    def follow(self) -> None:
        """Let every client fetch, and hold it against the truth."""
        self.edits = 0
        settled()
        for mirror in self.mirrors:
            mirror.follow()

    def _one(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    @rule(there=st.booleans(), group=st.integers(0, 9), day=st.sampled_from(DAYS))
    def somebody_new_is_placed(self, there: bool, group: int, day: date) -> None:
        town = self.scene.town
        person = town.person("Ny", "Person", at=town.contracted if there else town.own)
        unit = town.kompaniet if there else town.centrum
        chosen = self._one(ExamGroup.objects.filter(unit=unit), group)
        self.scene.place(chosen, person, day)

    @rule(number=st.integers(0, 99))
    def a_grade_is_decided(self, number: int) -> None:
        open_ = Placement.objects.filter(
            decisions=None,
            outcome="",
            group__grading_teacher__in=[each.pk for each in self.scene.teachers.values()],
        )
        placement = self._one(open_, number)
        if placement:
            with suppress(ProblemsFoundError):
                self.scene.decide(placement, "D")

    @rule(number=st.integers(0, 99), raised=st.booleans(), day=st.sampled_from((None, *DAYS)))
    def a_grade_is_corrected_or_amended(self, number: int, raised: bool, day: date | None) -> None:
        decision = self._one(GradeDecision.objects.filter(superseded_by=None), number)
        unit = decision.placement.group.unit_id
        teacher = builders.actor(
            "grading_teacher", ScopeKind.OWN_GROUPS, unit, decision.decided_by_id
        )
        common = {"decision_id": decision.pk, "submission": uuid4(), "today": TODAY}
        with suppress(ProblemsFoundError):
            if raised:
                amend_grade(actor=teacher, value="A", reason="Fler uppgifter fanns.", **common)
            else:
                correct_grade(
                    actor=builders.actor("principal", ScopeKind.UNIT, unit, teacher.person_id),
                    value="E",
                    exam_date=day,
                    hearing="heard",
                    hearing_note="Eleven såg felet.",
                    reason="Skrivfel.",
                    **common,
                )

    @rule(number=st.integers(0, 99), how=st.sampled_from(("withdraw", "absent", "move")))
    def a_placement_changes(self, number: int, how: str) -> None:
        placement = self._one(Placement.objects.filter(decisions=None), number)
        if placement is None:
            return
        facts = {"placement_id": placement.pk, "expected_version": placement.version}
        with suppress(ProblemsFoundError):
            if how == "withdraw":
                withdraw_placement(actor=PROGRAM, reason="Fel person.", **facts)
            elif how == "absent":
                record_outcome(actor=PROGRAM, outcome="absent", today=date(2026, 12, 1), **facts)
            else:
                change_exam_date(actor=PROGRAM, exam_date=DAYS[0], today=TODAY, **facts)

    @rule(number=st.integers(0, 99), protection=st.sampled_from(PROTECTIONS))
    def somebodys_identity_is_protected_or_no_longer(self, number: int, protection: str) -> None:
        person = self._one(Person.objects, number)
        with suppress(ProblemsFoundError):
            set_protection(
                actor=PROGRAM,
                person_id=person.pk,
                protection=protection,
                expected_version=person.version,
                today=TODAY,
            )

    @rule(number=st.integers(0, 99), how=st.sampled_from(("name", "status", "number")))
    def a_person_changes(self, number: int, how: str) -> None:
        person = self._one(Person.objects, number)
        facts = {"person_id": person.pk, "expected_version": person.version}
        self.step += 1
        with suppress(ProblemsFoundError):
            if how == "name":
                rename_person(
                    actor=PROGRAM, given_name=f"Namn{self.step}", family_name="Bytt", **facts
                )
            elif how == "status":
                set_status(actor=PROGRAM, status="Utvandrad", status_on=TODAY, today=TODAY, **facts)
            else:
                change_number(
                    actor=PROGRAM,
                    identity_number=next(self.scene.town.numbers),
                    mistaken=True,
                    today=TODAY,
                    **facts,
                )

    @rule(number=st.integers(0, 99), other=st.integers(0, 99), parts=st.booleans())
    def two_rows_become_one_person_or_two_again(self, number: int, other: int, parts: bool) -> None:
        merged = self._one(Person.objects.filter(merged_into__isnull=False), number)
        with suppress(ProblemsFoundError):
            if parts and merged:
                kept = merged.merged_into_id
                part_persons(actor=PROGRAM, kept_id=kept, merged_id=merged.pk)
            else:
                one, two = (self._one(Person.objects, each) for each in (number, other))
                merge_persons(actor=PROGRAM, kept_id=one.pk, merged_id=two.pk)

    @rule(number=st.integers(0, 99), there=st.booleans(), in_unit=st.booleans())
    def somebody_is_enrolled_too(self, number: int, there: bool, in_unit: bool) -> None:
        town = self.scene.town
        person = self._one(Person.objects, number)
        at = (town.contracted, town.kompaniet) if there else (town.own, town.centrum)
        self.step += 1
        with suppress(ProblemsFoundError):
            enrol(
                actor=PROGRAM,
                person_id=person.pk,
                provider_id=at[0],
                unit_id=at[1] if in_unit else None,
                start_date=date(2010, 1, 1) + timedelta(days=self.step),
                end_date=date(2010, 1, 1) + timedelta(days=self.step),
            )

    @rule(number=st.integers(0, 99), there=st.booleans(), ends=st.booleans())
    def a_duty_begins_or_ends(self, number: int, there: bool, ends: bool) -> None:
        town = self.scene.town
        with suppress(ProblemsFoundError):
            if ends:
                duty = self._one(Duty.objects, number)
                last_day = date(2027, 1, number % 28 + 1)
                if duty:
                    end_duty(actor=PROGRAM, duty_id=duty.pk, last_day=last_day)
            else:
                give_duty(
                    actor=PROGRAM,
                    person_id=self._one(Person.objects, number).pk,
                    unit_id=town.kompaniet if there else town.centrum,
                    role=Duty.Role.TEACHER,
                    registered_teacher=True,
                    subjects="MAT",
                    start_date=FIRST,
                )

    @rule(number=st.integers(0, 99), teacher=st.integers(0, 99), co=st.booleans())
    def a_group_gets_another_teacher(self, number: int, teacher: int, co: bool) -> None:
        group = self._one(ExamGroup.objects, number)
        duty = self._one(Duty.objects.filter(unit=group.unit_id), teacher)
        if duty is None:
            return
        connect = connect_co_teacher if co else connect_grading_teacher
        with suppress(ProblemsFoundError):
            connect(
                actor=PROGRAM,
                group_id=group.pk,
                teacher_id=duty.person_id,
                expected_version=group.version,
                today=TODAY,
            )

    @rule(
        unit=st.sampled_from(("centrum", "hamnen", "kompaniet")),
        code=st.sampled_from(("ENGENG06", "PSKPSY01")),
    )
    def a_group_is_made(self, unit: str, code: str) -> None:
        town = self.scene.town
        with suppress(ProblemsFoundError):
            builders_group(self.scene, getattr(town, unit), code)

    @rule(number=st.integers(0, 99), how=st.sampled_from(("person", "enrolment", "duty")))
    def something_is_taken_back(self, number: int, how: str) -> None:
        with suppress(ProblemsFoundError):
            if how == "person":
                person = self.scene.town.stranger("Av", "Misstag")
                settled()
                for mirror in self.mirrors[:1]:
                    mirror.pull()
                take_back_persons(actor=PROGRAM, versions={person.pk: person.version})
            elif how == "enrolment":
                row = self._one(Enrolment.objects, number)
                take_back_enrolments(actor=PROGRAM, enrolment_ids=[row.pk])
            else:
                duty = self._one(Duty.objects, number)
                take_back_duties(actor=PROGRAM, duty_ids=[duty.pk] if duty else [])

    @rule(number=st.integers(0, 99))
    def a_course_and_a_unit_are_renamed(self, number: int) -> None:
        self.step += 1
        course, unit = self._one(Course.objects, number), self._one(SchoolUnit.objects, number)
        Course.objects.filter(pk=course.pk).update(name=f"Kurs {self.step}")
        SchoolUnit.objects.filter(pk=unit.pk).update(name=f"Enhet {self.step}")


def builders_group(scene: Scene, unit: Any, code: str) -> ExamGroup:
    """Make a group without a teacher."""
    from provning.exams.actions import create_exam_group
    from tests.builders import HT26

    return create_exam_group(
        actor=PROGRAM,
        unit_id=unit,
        course_id=scene.courses[code].id,
        term=HT26,
        today=TODAY,
        override_reason="Behövs.",
    )


def test_fetching_what_has_changed_leads_to_exactly_what_we_hold(scene: Scene) -> None:
    town = scene.town
    machines = (
        asker(),
        asker(Scope(ScopeKind.PROVIDER, town.own), protected="hidden"),
        asker(Scope(ScopeKind.UNIT, town.centrum)),
    )
    settled()
    Edits.scene, Edits.begun = scene, [Mirror(machine).begun() for machine in machines]
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=4,
            stateful_step_count=14,
            phases=[Phase.generate],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
