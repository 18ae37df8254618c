"""Two at once: one form makes one extract, and a decision waits for the extract or comes first."""

from uuid import uuid4

import pytest

from provning.extracts.models import Extract, ExtractDecision
from provning.kernel.problems import ConflictError
from tests.extracts.world import grade, issue, office
from tests.grading import world
from tests.grading.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_form_sent_twice_at_the_same_moment_is_one_extract() -> None:
    at, ada = office(), world.person()
    chosen, submission = grade(at, ada), uuid4()

    answers = at_once(*[lambda: issue(at, ada, [chosen], submission=submission)] * 2)

    [made] = Extract.objects.all()
    assert all(each == made or isinstance(each, ConflictError) for each in answers)
    assert made in answers
    assert ExtractDecision.objects.count() == 1
