"""Every audit event, and every mail that leaves the program, is named in an assertion of a test.

An event that no test names may be left out of the trail, or another recorded in its place, and
nobody is told; likewise a mail.
"""

import ast
from collections.abc import Iterator

from provning.accounts import role_notices, sign_in_notices, tasks
from provning.applications.tasks import Notice
from provning.archive.tasks import TO_RECEIVE, TO_SEND
from provning.cli import audit
from provning.operations.jobs import KIND_LABELS
from tools.python_source import ROOT, modules_with

MAILS = {
    "send_invitation": [tasks.INVITATION_SUBJECT],
    "send_notice": [each.value for each in Notice],
    "send_reminder": [TO_SEND, TO_RECEIVE],
    "send_reset": [tasks.SUBJECT],
    "send_role_notice": [role_notices.SUBJECT],
    "send_link_notice": [role_notices.LINK_SUBJECT],
    "send_sign_in_notice": list(sign_in_notices.SUBJECTS.values()),
}
"""The subjects that each job sends, with places to fill in as in `str.format`."""


def unasserted(texts: set[str], *, beside: str) -> set[str]:
    """Return the texts that stand in no `assert` of a test file where `beside` is read."""
    missing = set(texts)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        source = path.read_text("utf-8")
        if beside in source and any(text in source for text in missing):
            missing -= set(asserted(ast.parse(source)))
    return missing


def asserted(tree: ast.Module) -> Iterator[str]:
    """Give every text that is written in an assertion, and every part of one with places."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_every_audit_event_is_asserted_by_name() -> None:
    names = {
        str(ast.literal_eval(call.args[0]))
        for module in modules_with("register_event(")
        for call in module.calls_by_name.get("register_event", ())
    }
    assert unasserted(names, beside="") == set()


def test_every_job_that_mails_has_its_subjects_and_is_called_something() -> None:
    jobs = {
        ast.unparse(call.args[0])
        for module in modules_with("send_or_retry(")
        for call in module.calls_by_name.get("send_or_retry", ())
    }
    assert jobs == set(MAILS)
    assert jobs - set(KIND_LABELS) == set()


def test_every_mail_is_read_out_of_the_outbox() -> None:
    subjects = [each for some in MAILS.values() for each in some] + [audit.SUBJECT]
    written = {each.partition("{")[0] for each in subjects}
    assert unasserted(written, beside="mail.outbox") == set()
