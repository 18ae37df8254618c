"""Every page as every role meets it, each opened once for all tests that look at it."""

import re
from dataclasses import dataclass, field

from provning.web.permissions import Address
from tests.web.integrity.visitor import Form, Forms
from tests.web.matrix.world import OTHER, OWN, Matrix, Side

PARAMETER = re.compile(r"<uuid:(\w+)>")


@dataclass(frozen=True)
class Visit:
    """How an address answered, and the forms of the page if it was one."""

    status: int
    forms: list[Form]


@dataclass
class Visits:
    """The pages of the matrix, opened when they are first asked for."""

    matrix: Matrix
    _made: dict[str, dict[tuple[str, str], Visit]] = field(default_factory=dict)

    def of(self, address: Address) -> dict[tuple[str, str], Visit]:
        """Return how an address answers each role, by role and whose things are asked for."""
        if address.name not in self._made:
            made = {(role, OWN): self._visit(address, role, OWN) for role in self.matrix.clients}
            for role in self.matrix.clients:
                named = PARAMETER.search(address.pattern)
                made[role, OTHER] = self._visit(address, role, OTHER) if named else made[role, OWN]
            self._made[address.name] = made
        return self._made[address.name]

    def _visit(self, address: Address, role: str, side: str) -> Visit:
        answer = self.matrix.clients[role].get(path_of(address, self.matrix.sides[side]))
        is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
        forms = Forms(answer.content.decode()).found if is_page and side == OWN else []
        return Visit(answer.status_code, forms)


def path_of(address: Address, side: Side) -> str:
    """Return an address with one side's things in the place of its parameters."""
    return "/" + PARAMETER.sub(lambda name: str(side.ids[name[1]]), address.pattern)
