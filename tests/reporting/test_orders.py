"""Orders of extracts: one form makes one, the job says how it went, and its end can go."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django_tasks_db.models import DBTaskResult

from provning.audit.queries import history_of
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.models import PersonNumber
from provning.reporting.actions import (
    order_authority_extract,
    resume_report_order,
    run_report_order,
)
from provning.reporting.actions.disposal import dispose_report_orders
from provning.reporting.disposal import report_orders_to_dispose
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract, ReportOrder
from provning.reporting.queries import report_order_for
from provning.reporting.tasks import make_ordered_extract
from tests.builders import PROGRAM, recorded
from tests.extracts.world import Office, grade
from tests.grading.world import HT26
from tests.reporting.world import TODAY, decide, examinee, reporting_office

pytestmark = pytest.mark.django_db


def order(at: Office, actor: Actor | None = None, submission: UUID | None = None) -> ReportOrder:
    """Ask for SCB's file of the autumn."""
    return order_authority_extract(
        actor=actor or at.centre,
        organiser_id=at.town.organiser.pk,
        target=Target.SCB,
        term=HT26,
        submission=submission or uuid4(),
        today=TODAY,
    )


def test_the_job_makes_what_was_asked_for_once() -> None:
    at = reporting_office()
    grade(at, examinee())
    asked = order(at)

    with recorded() as names:
        done = run_report_order(order_id=asked.pk, today=TODAY)
    assert run_report_order(order_id=asked.pk, today=TODAY) is None

    assert names == ["authority_extract_made"]
    [made] = AuthorityExtract.objects.all()
    assert (made.made_by_account, made.made_by_name) == (at.centre.id, at.centre.name)
    assert done == asked
    row = report_order_for(at.centre, asked.pk)
    assert (row.status, row.extract_id, row.message) == ("done", made.pk, "")


def test_the_job_keeps_why_nothing_could_be_made() -> None:
    at, nameless = reporting_office(), examinee()
    grade(at, nameless)
    PersonNumber.objects.filter(person=nameless).update(valid_to=TODAY)
    asked = order(at)

    run_report_order(order_id=asked.pk, today=TODAY)

    row = report_order_for(at.centre, asked.pk)
    assert (row.status, row.extract_id) == ("refused", None)
    assert row.message == (
        "Fel som gör att en rad inte kan skrivas: 1. En fil lämnas hel eller inte alls. Rätta det"
        " som står under ”Måste rättas” och gör underlaget på nytt."
    )
    assert AuthorityExtract.objects.count() == 0


def test_the_job_has_the_rights_of_who_ordered() -> None:
    at = reporting_office()
    decide(at, "report_protected", "included")
    grade(at, examinee("Siri", "Skyddad", protected=True))
    asked = order(at)

    run_report_order(order_id=asked.pk, today=TODAY)

    assert report_order_for(at.centre, asked.pk).status == "done"


def test_one_form_is_one_order_and_only_its_owners() -> None:
    at, submission = reporting_office(), uuid4()
    with recorded() as events:
        asked = order(at, submission=submission)
        assert order(at, submission=submission) == asked
    assert (events, ReportOrder.objects.count()) == (["authority_extract_ordered"], 1)
    [event] = history_of("report_order", asked.pk)
    assert (event.actor_name, event.after) == (at.centre.name, {"kind": "scb", "term": "HT 2026"})
    assert history_of("organiser", at.town.organiser.pk)[0] == event
    assert jobs() == [[str(asked.pk), TODAY.isoformat()]]
    with pytest.raises(ProblemsFoundError) as refused:
        order(at, replace(at.centre, id="annan"), submission)
    assert [each.code for each in refused.value.problems] == ["report-form-used"]


def jobs() -> list[list[str]]:
    """Return what each job was asked for."""
    found = DBTaskResult.objects.filter(task_path=make_ordered_extract.module_path)
    return [each.args_kwargs["args"] for each in found]


def test_only_who_makes_reports_for_the_organiser_orders() -> None:
    at = reporting_office()
    with pytest.raises(NotAllowedError):
        order(at, at.rektor)
    with pytest.raises(NotFoundError):
        order(at, reporting_office().centre)
    with pytest.raises(NotFoundError):
        report_order_for(reporting_office().centre, order(at).pk)


def test_an_order_whose_job_has_died_begins_again_and_one_that_lives_does_not() -> None:
    at = reporting_office()
    grade(at, examinee())
    asked = order(at)
    ReportOrder.objects.filter(pk=asked.pk).update(status="running")

    alive = resume_report_order(actor=at.centre, order_id=asked.pk, today=TODAY)
    assert alive.status == "running"

    long_ago = datetime.now(UTC) - timedelta(hours=1)
    ReportOrder.objects.filter(pk=asked.pk).update(progress_at=long_ago)
    assert report_order_for(at.centre, asked.pk).stalled
    with recorded() as events:
        again = resume_report_order(actor=at.centre, order_id=asked.pk, today=TODAY)
    assert (again.status, events) == ("waiting", ["authority_extract_ordered"])
    assert jobs() == [[str(asked.pk), TODAY.isoformat()]] * 2
    run_report_order(order_id=asked.pk, today=TODAY)
    assert report_order_for(at.centre, asked.pk).status == "done"


def test_finished_orders_go_after_their_days_and_their_extracts_stay() -> None:
    at = reporting_office()
    grade(at, examinee())
    asked, unfinished = order(at), order(at)
    run_report_order(order_id=asked.pk, today=TODAY)
    before, organiser = date(2100, 1, 1), at.town.organiser.pk

    keys = [each.key for each in report_orders_to_dispose(organiser, before)]
    assert keys == [str(asked.pk)]
    gone = dispose_report_orders(
        actor=PROGRAM,
        organiser_id=organiser,
        before=before,
        keys=[*keys, str(unfinished.pk)],
    )

    assert gone == 1
    assert list(ReportOrder.objects.all()) == [unfinished]
    assert AuthorityExtract.objects.count() == 1
