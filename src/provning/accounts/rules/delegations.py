"""What rektor may delegate, to whom and how (Skollagen 2 kap. 10 §); pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from provning.accounts.roles import DECIDING, TASKS
from provning.accounts.rules.passwords import POLICY
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem

SL_10: Final = "Skollagen 2 kap. 10 §"


@dataclass(frozen=True, slots=True)
class Delegating:
    """What somebody asks to delegate.

    `task` is a code of `TASKS`, or a right that is not one; `at_unit` says that the person works
    where rektor is rektor, `competent` that rektor has judged their competence and experience,
    `is_person` that the account is somebody's of the register.
    """

    task: str
    valid_to: date | None
    at_unit: bool
    competent: bool
    is_person: bool = False


def delegation_problems(asked: Delegating) -> list[Problem]:
    """Say everything that stands against a delegation."""
    return [*_task_problems(asked.task), *_person_problems(asked), *_time_problems(asked.valid_to)]


def _task_problems(task: str) -> Iterator[Problem]:
    if task in TASKS:
        return
    if task == Permission.VIEW_PROTECTED:
        message = (
            "Rätten att se skyddade personuppgifter delegeras inte. Den ges som en roll, som någon"
            " annan godkänner."
        )
        yield Problem("delegation-protected", "task", message, POLICY)
    elif task == Permission.DELEGATE:
        message = "Rätten att delegera är rektors egen och lämnas inte vidare."
        yield Problem("delegation-onward", "task", message, SL_10)
    else:
        message = (
            "Det är ingen enskild uppgift som rektor delegerar här. Välj en ur listan; andra"
            " rättigheter ges som roller."
        )
        yield Problem("delegation-task", "task", message, SL_10)


def _person_problems(asked: Delegating) -> Iterator[Problem]:
    if not asked.at_unit:
        message = (
            "Personen har ingen roll vid enheten. Rektor delegerar till en anställd eller"
            " uppdragstagare där."
        )
        yield Problem("delegation-person", "person", message, SL_10)
    elif asked.task in DECIDING and not asked.is_person:
        message = (
            "Kontot hör inte till någon person i registret, och ett betyg beslutas av en person. Be"
            " systemadministratören koppla kontot till personen under Konton."
        )
        yield Problem("delegation-no-person", "person", message, POLICY)
    if not asked.competent:
        message = "Bekräfta att personen har tillräcklig kompetens och erfarenhet för uppgiften."
        yield Problem("delegation-competence", "competent", message, SL_10)


def _time_problems(valid_to: date | None) -> Iterator[Problem]:
    if valid_to is None:
        message = "Skriv delegationens sista dag. En delegation gäller för en tid."
        yield Problem("delegation-last-day", "valid_to", message, POLICY)
