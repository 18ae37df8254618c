"""Every door that a grade can be sent through by itself, and what each answers."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from tests.builders import PASSWORD
from tests.web.integrity.visitor import FETCH, Visitor

Door = Callable[[Visitor, UUID, UUID, str], Any]


def through_sheet(visitor: Visitor, group: UUID, placement: UUID, value: str) -> Any:
    """Post the sheet."""
    return visitor.send(f"/betyg/{group}/", row(placement, value))


def through_rows(visitor: Visitor, group: UUID, placement: UUID, value: str) -> Any:
    """Save the row as the page does while somebody types."""
    return visitor.send(f"/betyg/{group}/rader/", row(placement, value), headers=FETCH)


def through_student(visitor: Visitor, _group: UUID, placement: UUID, value: str) -> Any:
    """Post one person's form."""
    sent = {"value": value, "expected_version": "0"}
    return visitor.send(f"/betyg/elev/{placement}/", sent)


def through_review(visitor: Visitor, group: UUID, placement: UUID, value: str) -> Any:
    """Decide at once, without a draft."""
    sent = {"submission": str(uuid4()), f"value-{placement}": value, "password": PASSWORD}
    return visitor.send(f"/betyg/{group}/granska/", sent)


def row(placement: UUID, value: str) -> dict[str, str]:
    """Return one row of the sheet's form."""
    return {f"grade-{placement}": value, f"version-{placement}": "0"}


DOORS: dict[str, Door] = {
    "sheet": through_sheet,
    "rows": through_rows,
    "student": through_student,
    "review": through_review,
}


def answers(group: UUID, placement: UUID, visitor: Visitor, value: str) -> dict[str, int]:
    """Return the status of each door's answer."""
    return {
        name: door(visitor, group, placement, value).status_code for name, door in DOORS.items()
    }
