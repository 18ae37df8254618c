"""What is planted for a crawl to find: persons whom some roles may never meet in clear."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from provning.accounts.roles import ROLES
from provning.exams.actions import place_student
from provning.grading.actions import decide_grades
from provning.kernel.actors import Permission, ScopeKind
from provning.people.models import Person
from tests import builders
from tests.builders import PROGRAM, TODAY
from tests.web.matrix.world import OTHER, OWN, Matrix, Side, kind_of
from tests.web.stage import EXAM_DAY

WIDE = frozenset({ScopeKind.ORGANISER, ScopeKind.EVERYTHING})
FOREIGN_NAME, HIDDEN_NAME, HIDDEN_FOREIGN_NAME = "Zvårdqvist", "Qyxelström", "Wzandberg"


@dataclass(frozen=True, slots=True)
class Secret:
    """A planted person: the texts that give them away, and the roles that may not see these."""

    id: str
    texts: tuple[str, ...]
    hidden_from: frozenset[str]

    def told_in(self, text: str, asked: str) -> list[str]:
        """Return what an answer gives away that the question did not hold already."""
        return [each for each in self.texts if each in text and each not in asked]


def plant(matrix: Matrix) -> list[Secret]:
    """Place and grade a person at the other provider, and a protected one at either."""
    narrow = frozenset(role for role in ROLES if kind_of(role) not in WIDE)
    blind = frozenset(
        code for code, role in ROLES.items() if Permission.VIEW_PROTECTED not in role.permissions
    )
    own, other = matrix.sides[OWN], matrix.sides[OTHER]
    town = matrix.town
    return [
        _secret(other, town.person("Aina", FOREIGN_NAME, at=town.contracted), narrow),
        _secret(
            own,
            town.person("Bodil", HIDDEN_NAME, at=town.own, protection="Sekretessmarkering"),
            blind,
        ),
        _secret(
            other,
            town.person(
                "Cilla", HIDDEN_FOREIGN_NAME, at=town.contracted, protection="Skyddad folkbokföring"
            ),
            blind | narrow,
        ),
    ]


def _secret(side: Side, person: Person, hidden: Iterable[str]) -> Secret:
    """Place and grade a person, and return what gives them away."""
    group = side.group
    placement = place_student(
        actor=PROGRAM, group_id=group.id, person_id=person.id, exam_date=EXAM_DAY, today=TODAY
    )
    teacher = group.grading_teacher_id
    decide_grades(
        actor=builders.actor("grading_teacher", ScopeKind.OWN_GROUPS, group.unit_id, teacher),
        group_id=group.id,
        values={placement.id: "C"},
        submission=uuid4(),
        today=TODAY,
    )
    number = person.numbers.get().number
    return Secret(
        str(person.id),
        (person.family_name, number, f"{number[:8]}-{number[8:]}"),
        frozenset(hidden),
    )
