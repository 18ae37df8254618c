"""Questions that nobody thought of, over the whole surface of the description: none is a crash.

What thinks them out is loaded when it is asked: it takes a second, and one process asks.
"""

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.api.ss12000.contract import UNDESCRIBED, check, description
from tests.api.ss12000.world import BASE, Asker

if TYPE_CHECKING:
    from schemathesis.schemas import APIOperation

    Operation = APIOperation[Any, Any, Any, Any]

pytestmark = pytest.mark.django_db
SEED = 12000
FEW = {"positive": 2, "negative": 1}
MANY = int(os.environ.get("PROVNING_FUZZ_EXAMPLES", "0"))
EXAMPLES = {mode: MANY or few for mode, few in FEW.items()}
PART = os.environ.get("PROVNING_FUZZ_PART", "")
"""Where the paths begin that are asked, such as "persons": many questions are asked in parts."""
TOO_LARGE = 503
KEY = "64f85de7-566b-473c-9d09-d90d3a9ffade"


@lru_cache
def operations() -> list["Operation"]:
    """Return every operation of the description, or of one part of it."""
    import schemathesis
    from schemathesis.core.result import Ok

    every = schemathesis.openapi.from_dict(description()).get_all_operations()
    found = [each.ok() for each in every if isinstance(each, Ok)]
    return [each for each in found if each.path.startswith(f"/{PART}")]


def ask(machine: Asker, case: Any) -> Any:
    """Send a question as it was thought out."""
    path = case.formatted_path.removeprefix("/")
    query = urlencode(case.query or {}, doseq=True)
    has_body = case.media_type is not None
    more = {"data": case.body, "content_type": "application/json"} if has_body else {}
    if has_body and not isinstance(case.body, (dict, list, str)):
        more["data"] = "null"
    send = getattr(machine.client, case.method.lower())
    return send(f"{BASE}/{path}{'?' + query if query else ''}", **more)


@pytest.mark.parametrize("mode", EXAMPLES)
def test_no_question_is_a_crash_and_every_answer_keeps_to_the_description(
    machine: Asker, mode: str
) -> None:
    asked = sum(hold(machine, operation, mode) for operation in operations())
    assert asked >= (1 if PART else 69)


def hold(machine: Asker, operation: "Operation", mode: str) -> int:
    """Ask some questions of an operation, hold every answer against the description, count them."""
    from schemathesis import GenerationMode

    answers = []
    path = operation.path.removeprefix("/").replace("{id}", KEY)

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES[mode],
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(GenerationMode(mode)))
    def holds(case: Any) -> None:
        response = ask(machine, case)
        answers.append(response.status_code)
        assert response.status_code < 500 or response.status_code == TOO_LARGE
        if response.status_code not in UNDESCRIBED:
            check(response, case.method, path)

    holds()
    return len(answers)
