"""Every reason that a provider's answer is refused for is said in words in the event log."""

import ast
from pathlib import Path

from provning.web import identity
from provning.web.fact_words import REASONS

PLACE = Path(identity.__path__[0])


def test_each_reason_that_the_code_gives_has_its_words_and_no_other() -> None:
    given = {
        reason.value
        for file in PLACE.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "refused"
        for reason in node.args[2:]
        if isinstance(reason, ast.Constant)
    }
    assert given == REASONS.keys()
