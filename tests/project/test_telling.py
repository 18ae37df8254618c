"""The processes that run the tests tell every outcome, and all that went wrong around a test."""

from typing import Any

from tests.support.telling import told


def test_only_what_went_well_around_a_test_is_kept_to_oneself() -> None:
    well = {"when": "setup", "outcome": "passed", "duration": 0.1}
    messages: list[tuple[str, dict[str, Any]]] = [
        ("logstart", {}),
        ("testreport", {"data": well}),
        ("testreport", {"data": well | {"when": "teardown"}}),
        ("testreport", {"data": well | {"when": "call"}}),
        ("testreport", {"data": well | {"outcome": "skipped"}}),
        ("testreport", {"data": well | {"when": "teardown", "outcome": "failed"}}),
        ("testreport", {"data": well | {"duration": 3.0}}),
        ("logfinish", {}),
    ]
    said: list[tuple[str, dict[str, Any]]] = []
    tell = told(lambda name, **what: said.append((name, what)), 3)

    for name, what in messages:
        tell(name, **what)

    assert said == messages[3:]
