"""The job behind an import: it does the step that waits, as the person who asked for it."""

import logging
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.accounts.queries import user_by_id
from provning.imports import rules
from provning.imports.actions.committing import commit_import
from provning.imports.actions.staging import stage_import
from provning.imports.actions.steps import claim, faults_of, take
from provning.imports.actions.undoing import undo_import
from provning.imports.models import StagedImport
from provning.imports.progress import forget_progress
from provning.imports.states import Status, Step
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError, Problem
from provning.people.queries import actor_for

LOG = logging.getLogger(__name__)
WORK = {
    Status.STAGING: stage_import,
    Status.COMMITTING: commit_import,
    Status.UNDOING: undo_import,
}
GIVEN_UP = {
    Status.STAGING: Step.FAIL,
    Status.COMMITTING: Step.RETURN,
    Status.UNDOING: Step.REFUSE_UNDO,
}


def run_import(*, import_id: UUID, today: date, actor: Actor | None = None) -> StagedImport | None:
    """Do the step that an import waits for; None when another worker has it.

    It is done with the rights that whoever asked has now: `actor` when it is asked and done in the
    same breath, else their account's.
    """
    staged = claim(import_id)
    if staged is None:
        return None
    status = Status(staged.status)
    try:
        asker = actor or _asker(staged, today)
        return WORK[status](actor=asker, staged=staged, today=today)
    except (NotAllowedError, NotFoundError):
        return _give_up(staged, status, rules.rights_lost())
    except Exception:  # a fault of ours must not leave the import hanging
        LOG.exception("import %s", staged.id)
        return _give_up(staged, status, rules.went_wrong())
    finally:
        forget_progress(staged.id)


def _asker(staged: StagedImport, today: date) -> Actor:
    """Return who asked for the step, with the rights that they have today."""
    try:
        user = user_by_id(UUID(staged.asked_by_account))
    except ValueError:
        user = None
    if user is None:
        raise NotAllowedError("account")
    return actor_for(user, today)


@transaction.atomic
def _give_up(staged: StagedImport, status: Status, problem: Problem) -> StagedImport:
    """Say that the step could not be done; nothing of it is stored."""
    held = StagedImport.objects.select_for_update(of=("self",)).get(pk=staged.pk)
    if held.status == status:
        take(held, GIVEN_UP[status], faults=faults_of([problem]))
    return held
