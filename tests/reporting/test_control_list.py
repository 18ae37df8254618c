"""The control list: within the actor's scope, masked, narrowed down, and in few queries."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from provning.kernel.actors import Actor
from provning.people.models import PersonNumber
from provning.reporting.control_rows import ControlList
from provning.reporting.layout import Target
from provning.reporting.queries import control_list, control_rows
from provning.reporting.rules import Severity
from tests.extracts.world import Office, grade
from tests.grading import world
from tests.grading.world import HT26
from tests.reporting.world import TODAY, examinee, reporting_office

pytestmark = pytest.mark.django_db
QUERIES = 4


def controlled(at: Office, actor: Actor, **narrowed: object) -> ControlList:
    """Return the control list of SCB's file of the autumn."""
    return control_list(
        actor,
        organiser_id=at.town.organiser.pk,
        target=Target.SCB,
        term=HT26,
        today=TODAY,
        **narrowed,  # type: ignore[arg-type] # each test names what it narrows by
    )


def told(actor: Actor, found: ControlList) -> list[tuple[str, str]]:
    """Return what is told, and of whom as the actor may see them."""
    rows = control_rows(actor, found.findings)
    return [(each.finding.problem.code, each.person.label) for each in rows]


def test_what_stops_comes_first_and_everything_is_counted() -> None:
    at = reporting_office()
    grade(at, examinee(), "A")
    nameless = examinee("Bo", "Utan")
    grade(at, nameless, "C")
    PersonNumber.objects.filter(person=nameless).update(valid_to=TODAY)
    alone = world.group(at.unit, None, number=2)
    world.place(alone, examinee("Cia", "Sen"))

    found = controlled(at, at.centre)

    assert told(at.centre, found) == [
        ("report-number-missing", "Utan, Bo"),
        ("report-grade-late", "Sen, Cia"),
        ("report-teacher-missing", "Sen, Cia"),
    ]
    assert (found.written, found.graded, found.stops) == (3, 2, 1)
    assert [(each.code, each.severity, each.number) for each in found.counts] == [
        ("report-number-missing", Severity.STOP, 1),
        ("report-grade-late", Severity.CHECK, 1),
        ("report-teacher-missing", Severity.CHECK, 1),
    ]


def test_the_same_prövning_twice_is_told_on_both() -> None:
    at, ada = reporting_office(), examinee("Ada", "Dubbel")
    grade(at, ada, "A")
    grade(at, ada, "A", unit=at.town.other_unit)
    grade(at, ada, "A", of=world.course("ENGENG05"))

    assert told(at.centre, controlled(at, at.centre)) == [("report-twin", "Dubbel, Ada")] * 2


def test_a_provider_sees_only_what_is_its_own() -> None:
    at = reporting_office()
    group, other = world.group(at.unit, None), world.group(at.town.other_unit, None)
    world.place(group, examinee("Ada", "Egen"))
    world.place(other, examinee("Bo", "Annans"))

    assert {label for _code, label in told(at.rektor, controlled(at, at.rektor))} == {"Egen, Ada"}
    assert {label for _code, label in told(at.centre, controlled(at, at.centre))} == {
        "Egen, Ada",
        "Annans, Bo",
    }
    assert {
        label
        for _code, label in told(
            at.centre, controlled(at, at.centre, provider_id=at.town.other_unit.provider_id)
        )
    } == {"Annans, Bo"}
    assert controlled(at, reporting_office().centre).findings == ()


def test_a_protected_person_is_masked_for_who_may_not_see_them() -> None:
    at = reporting_office()
    grade(at, examinee("Siri", "Skyddad", protected=True), "B")

    administrator = world.administrator(at.unit)

    clear, masked = controlled(at, at.rektor), controlled(at, administrator)

    assert told(at.rektor, clear) == [("report-protected-left-out", "Skyddad, Siri")]
    assert told(administrator, masked) == [("report-protected-left-out", "Skyddad identitet")]
    assert (clear.written, clear.left_out) == (0, 1)


def test_the_list_is_narrowed_down_to_one_sort_in_the_order_of_the_dates() -> None:
    at = reporting_office()
    group = world.group(at.unit, None)
    for day in (3, 1, 2):
        world.place(group, exam_date=date(2026, 10, 5 + day))

    late = controlled(at, at.centre, code="report-grade-late")

    assert [each.row.exam_date.day for each in late.findings] == [6, 7, 8]
    # Which number a person gets is chance, and some have a count of their own.
    codes = [each.code for each in late.counts if each.code != "report-number-odd"]
    assert codes == ["report-grade-late", "report-teacher-missing"]


@pytest.mark.parametrize("number", [1, 30])
def test_it_takes_four_queries_however_long(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    at = reporting_office()
    group = world.group(at.unit, None)
    for _each in range(number):
        world.place(group)

    with django_assert_num_queries(QUERIES):
        found = controlled(at, at.centre, code="report-grade-late")
        assert len(control_rows(at.centre, found.findings)) == number
