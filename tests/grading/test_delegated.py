"""What is decided, corrected or amended on rektor's delegation says on whose."""

import json

import pytest

from provning.accounts.roles import TASKS
from provning.audit.models import AuditEvent
from provning.audit.queries import verify_chain
from provning.catalogues.remarks import SWEDEN, remarks_of
from provning.grading.models import GradeDecision
from provning.grading.queries.chains import decision_chain
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError
from provning.people.models import Duty
from tests.grading import world
from tests.grading.decided import (
    FACTS,
    SLIP,
    Stand,
    amend,
    build_stand,
    correct,
    decide,
)
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
stand = kept(build_stand)
BY = "På delegation av Rut Rektor, Skollagen 2 kap. 10 §."


def deputy(stand: Stand, *tasks: str, own: tuple[Grant, ...] = ()) -> Actor:
    """Return a person of the unit to whom the tasks are delegated."""
    unit = stand.ready.town.unit
    person = world.person("Siri", "Ställ")
    scope = Scope(ScopeKind.UNIT, unit.pk)
    grants = tuple(Grant(each, scope, TASKS[each].permissions, "Rut Rektor") for each in tasks)
    return Actor("siri", "Siri Ställ", "grading_teacher", own + grants, person.pk)


def told(decision: GradeDecision) -> tuple[str, str, str, object]:
    event = AuditEvent.objects.latest("number")
    facts = json.loads(event.after)
    return decision.decided_by_name, decision.decider_role, decision.reason, facts["delegated_by"]


def day(decision: GradeDecision) -> str:
    return decision.decided_at.astimezone(SWEDEN).date().isoformat()


def test_a_rättelse_on_delegation_says_so_in_the_record_and_the_trail(stand: Stand) -> None:
    new = correct(deputy(stand, "delegated_corrections"), stand.first, "C")
    assert told(new) == ("Siri Ställ", "REKTOR", f"{SLIP} {BY}", "Rut Rektor")
    assert verify_chain().fault == ""
    own = correct(stand.principal, new, "B")
    assert told(own) == ("Rut Rektor", "REKTOR", SLIP, "")
    [old, mine, last] = decision_chain(stand.principal, stand.first.pk)
    assert [remarks_of(each) for each in (old, mine)] == [
        f"Rättat till C {day(new)} av Siri Ställ på delegation av Rut Rektor",
        "Tidigare betyg D från 2026-10-05. Beslutat på delegation av Rut Rektor."
        f" Rättat till B {day(own)} av rektor Rut Rektor",
    ]
    assert (mine.delegated_by, last.delegated_by) == ("Rut Rektor", "")


def test_a_form_sent_twice_corrects_once(stand: Stand) -> None:
    who = deputy(stand, "delegated_corrections")
    first = correct(who, stand.first, "C", submission=stand.first.pk)
    assert correct(who, stand.first, "C", submission=stand.first.pk) == first


def test_deciding_and_amending_in_the_teachers_place_say_so_too(stand: Stand) -> None:
    Duty.objects.filter(person=stand.ready.teacher_person).update(end_date=world.SINCE)
    who = deputy(stand, "delegated_decisions")
    third = decide(who, stand.ready.placements[2], "C", ground="left", reason="Har slutat")
    assert told(third) == ("Siri Ställ", "REKTOR", f"Har slutat. {BY}", "Rut Rektor")
    raised = amend(who, stand.first, "B", ground="left")
    assert told(raised) == ("Siri Ställ", "REKTOR", f"{FACTS} {BY}", "Rut Rektor")


def test_one_task_is_not_another(stand: Stand) -> None:
    with pytest.raises(NotAllowedError):
        correct(deputy(stand, "delegated_decisions"), stand.first, "C")
    with pytest.raises(NotAllowedError):
        amend(deputy(stand, "delegated_corrections"), stand.first, "C", ground="hindered")
    assert GradeDecision.objects.filter(supersedes__isnull=False).count() == 0


def test_who_is_rektor_themselves_acts_by_right_of_their_own(stand: Stand) -> None:
    who = deputy(stand, "delegated_corrections", own=stand.principal.grants)
    assert told(correct(who, stand.first, "C"))[2:] == (SLIP, "")
