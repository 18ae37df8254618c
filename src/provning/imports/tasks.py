"""Jobs of the imports, run by a worker."""

from datetime import date
from uuid import UUID

from django_tasks import task

from provning.imports.actions import run_import


@task()
def run_staged_import(import_id: str, today: str) -> None:
    """Do the step that an import waits for; `today` is the ISO date on which it was asked for."""
    run_import(import_id=UUID(import_id), today=date.fromisoformat(today))
