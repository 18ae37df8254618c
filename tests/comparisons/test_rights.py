"""Who compares, and who sees the answer: nobody but who asked, with the rights they have then."""

from datetime import timedelta

import pytest

from provning.comparisons.actions import remove_comparison, run_comparison
from provning.comparisons.models import ComparisonRow
from provning.comparisons.queries import comparison_for, comparisons_for, places_for, whole_report
from provning.kernel.actors import ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError
from tests.builders import TODAY, actor
from tests.comparisons.world import Desk, grades, placements
from tests.web.stage import EXAM_DAY

pytestmark = pytest.mark.django_db
LATER = EXAM_DAY + timedelta(days=3)


def test_nobody_but_who_asked_sees_it_whatever_their_reach(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    run_comparison(comparison_id=asked.id, today=TODAY, actor=who)
    assert [each.id for each in comparisons_for(who, TODAY)] == [asked.id]
    for other in (desk.stage.town.admin, desk.stage.town.centre, desk.stage.town.administrator):
        assert comparisons_for(other, TODAY) == []
        for act in (
            lambda other=other: comparison_for(other, asked.id, TODAY),
            lambda other=other: whole_report(other, asked.id, TODAY),
            lambda other=other: remove_comparison(actor=other, comparison_id=asked.id, today=TODAY),
        ):
            with pytest.raises(NotFoundError):
                act()


def test_only_who_sees_the_persons_of_a_provider_compares_for_it(desk: Desk) -> None:
    town = desk.stage.town
    unit_wide = actor("grade_administrator", ScopeKind.UNIT, town.centrum)
    assert [each.name for each in places_for(unit_wide)] == ["Vuxenutbildning Sjöstad"]
    with pytest.raises(NotFoundError):
        desk.ask(town.other_admin, placements=b"", grades=b"")
    with pytest.raises(NotAllowedError):
        desk.ask(town.administrator, placements=b"", grades=b"")


def test_rights_that_are_lost_before_the_job_runs_end_it(desk: Desk) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one))
    run_comparison(comparison_id=asked.id, today=TODAY)
    line = comparison_for(who, asked.id, TODAY)
    assert (line.status, [each.code for each in line.faults]) == ("failed", ["comparison-rights"])


@pytest.mark.parametrize("left", ["other_admin", "administrator"])
def test_rights_that_are_left_elsewhere_do_not_compare(desk: Desk, left: str) -> None:
    one, who = next(desk.stage.town.numbers), desk.actor
    asked = desk.ask(who, placements=placements(one), grades=grades(one, day=LATER))
    run_comparison(comparison_id=asked.id, today=TODAY, actor=getattr(desk.stage.town, left))
    line = comparison_for(who, asked.id, TODAY)
    assert (line.status, [each.code for each in line.faults]) == ("failed", ["comparison-rights"])
    assert ComparisonRow.objects.count() == 0
