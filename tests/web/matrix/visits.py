"""Every page as every role meets it, each opened once for all tests that look at it."""

import re
from dataclasses import dataclass, field

from provning.operations.matrix import Whose
from provning.web.permissions import Address
from tests.web.integrity.visitor import Form, Forms
from tests.web.matrix.cases import PROTECTED_NAME
from tests.web.matrix.world import OWN, Matrix, Side

PARAMETER = re.compile(r"<uuid:(\w+)>")


@dataclass(frozen=True)
class Visit:
    """How an address answered, the forms of the page if it was one, and whether it told a name."""

    status: int
    forms: list[Form]
    names_protected: bool


@dataclass
class Visits:
    """The pages of the matrix, opened when they are first asked for."""

    matrix: Matrix
    _made: dict[tuple[str, str, Whose], Visit] = field(default_factory=dict)

    def at(self, address: Address, role: str, whose: Whose) -> Visit:
        """Return how an address answers a role, by whose thing it names."""
        key = (address.name, role, whose if PARAMETER.search(address.pattern) else OWN)
        if key not in self._made:
            self._made[key] = self._visit(address, role, whose)
        return self._made[key]

    def _visit(self, address: Address, role: str, whose: Whose) -> Visit:
        answer = self.matrix.clients[role].get(path_of(address, self.matrix.sides[whose]))
        is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
        text = answer.content.decode() if is_page and whose is OWN else ""
        return Visit(answer.status_code, Forms(text).found, PROTECTED_NAME in text)


def path_of(address: Address, side: Side) -> str:
    """Return an address with one side's things in the place of its parameters."""
    return "/" + PARAMETER.sub(lambda name: str(side.ids[name[1]]), address.pattern)
