"""Two at once: one file is made of what is there, one form is one order and one delivery."""

from uuid import uuid4

import pytest

from provning.kernel.problems import ConflictError
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract, SentDecision, SentExport
from tests.extracts.world import grade
from tests.grading.test_concurrency import at_once
from tests.reporting.world import examinee, make, reporting_office, send

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_make_the_same_file_at_once_make_one() -> None:
    at = reporting_office()
    grade(at, examinee())

    answers = at_once(*[lambda: make(at, Target.UHR)] * 2)

    [made] = AuthorityExtract.objects.all()
    assert answers == [made, made]
    assert (made.version, made.lines.count()) == (1, 1)


def test_one_form_sent_twice_at_the_same_moment_is_one_delivery() -> None:
    at = reporting_office()
    grade(at, examinee())
    made, submission = make(at, Target.UHR), uuid4()

    answers = at_once(*[lambda: send(at, made, submission)] * 2)

    [sent] = SentExport.objects.all()
    assert sent in answers
    assert all(each == sent or isinstance(each, ConflictError) for each in answers)
    assert SentDecision.objects.count() == 1
