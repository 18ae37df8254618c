"""Every page as every role meets it, each opened once for all tests that look at it."""

import re
from dataclasses import dataclass, field

from provning.web.permissions import Address
from tests.web.integrity.visitor import Form, Forms
from tests.web.matrix.world import OWN, Matrix, Side

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
    _made: dict[tuple[str, str, str], Visit] = field(default_factory=dict)

    def of(self, address: Address, role: str, side: str) -> Visit:
        """Return how an address answers a role that asks for one side's things."""
        if not PARAMETER.search(address.pattern):
            side = OWN
        key = address.name, role, side
        if key not in self._made:
            self._made[key] = self._visit(address, role, side)
        return self._made[key]

    def _visit(self, address: Address, role: str, side: str) -> Visit:
        answer = self.matrix.clients[role].get(path_of(address, self.matrix.sides[side]))
        is_page = answer.status_code == 200 and "html" in answer.headers["Content-Type"]
        forms = Forms(answer.content.decode()).found if is_page and side == OWN else []
        return Visit(answer.status_code, forms)


def path_of(address: Address, side: Side) -> str:
    """Return an address with one side's things in the place of its parameters."""
    return "/" + PARAMETER.sub(lambda name: str(side.ids[name[1]]), address.pattern)
