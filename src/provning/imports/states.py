"""Which step of an import follows which: the one place that says it."""

from enum import StrEnum


class Status(StrEnum):
    """How far an import has come."""

    COLUMNS = "columns"
    STAGING = "staging"
    READY = "ready"
    COMMITTING = "committing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    FAILED = "failed"
    DROPPED = "dropped"


class Step(StrEnum):
    """What is done to an import."""

    MATCH = "match"
    CHOOSE = "choose"
    STAGED = "staged"
    FAIL = "fail"
    COMMIT = "commit"
    COMMITTED = "committed"
    RETURN = "return"
    UNDO = "undo"
    UNDONE = "undone"
    REFUSE_UNDO = "refuse_undo"
    DROP = "drop"


AFTER = {
    (Status.COLUMNS, Step.MATCH): Status.STAGING,
    (Status.COLUMNS, Step.DROP): Status.DROPPED,
    (Status.STAGING, Step.STAGED): Status.READY,
    (Status.STAGING, Step.FAIL): Status.FAILED,
    (Status.STAGING, Step.DROP): Status.DROPPED,
    (Status.READY, Step.CHOOSE): Status.READY,
    (Status.READY, Step.COMMIT): Status.COMMITTING,
    (Status.READY, Step.DROP): Status.DROPPED,
    (Status.COMMITTING, Step.COMMITTED): Status.DONE,
    (Status.COMMITTING, Step.RETURN): Status.READY,
    (Status.DONE, Step.UNDO): Status.UNDOING,
    (Status.UNDOING, Step.UNDONE): Status.UNDONE,
    (Status.UNDOING, Step.REFUSE_UNDO): Status.DONE,
}
RUNNING = frozenset({Status.STAGING, Status.COMMITTING, Status.UNDOING})
WHOLE = frozenset({Status.COMMITTING, Status.UNDOING})
"""The steps of which nothing is stored before all of it is."""
FINISHED = frozenset({Status.DONE, Status.UNDONE, Status.FAILED, Status.DROPPED})


def after(status: str, step: Step) -> Status | None:
    """Return where a step leads, None when it cannot be taken there."""
    return AFTER.get((Status(status), step))
