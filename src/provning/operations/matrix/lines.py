"""The lines of the matrix: an address, a method, a role, and the answer for each side."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from django.urls import (  # noqa: TID251 - the addresses are what is listed, none is made here
    URLPattern,
    URLResolver,
    get_resolver,
)

from provning.accounts.marks import ScreenRule, screen_rule_of
from provning.accounts.rights import RIGHTS
from provning.accounts.roles import ALL_ROLES, Role
from provning.clients.marks import MachineRule, machine_rule_of
from provning.clients.scopes import DATA_CLASSES
from provning.kernel.actors import Permission, ScopeKind
from provning.operations.matrix.answers import Outcome, Whose, outcome

PARAMETER: Final = re.compile(r"<\w+:(\w+)>")
ANY: Final = ("alla",)
YES, NO, OWN_ONLY = "ja", "nej", "bara den egna beställningen"
MASKED, WITH_REASON = "dold", "med angivet skäl"
NOBODY, CLIENT = "Inte inloggad", "API-klient"
HELD_FOR: Final = {
    ScopeKind.UNIT: "skolenheten",
    ScopeKind.PROVIDER: "anordnaren",
    ScopeKind.ORGANISER: "huvudmannen",
    ScopeKind.EVERYTHING: "hela systemet",
    ScopeKind.OWN_GROUPS: "egna grupper",
}
Answers = dict[str, tuple[str, str, str, str]]
EVERYBODY: Final = (*(role.manual_name for role in ALL_ROLES), NOBODY, CLIENT)
OPEN_TO_ALL: Final = (YES, YES, YES, NO)
CLOSED: Final = (NO, NO, NO, NO)
CLASS_NAMES: Final = {each.code: each.label for each in DATA_CLASSES}


class UnstatedError(Exception):
    """Views that do not say who may open them; the text names their addresses."""


@dataclass(frozen=True, slots=True)
class Line:
    """One address, one method and one role, and how it is answered, in Swedish.

    `right` and `source` are what the address asks for and by what law, page or policy. `answers`
    are own unit, the provider's other units, other providers, and protected persons.
    """

    pattern: str
    name: str
    method: str
    right: str
    source: str
    role: str
    answers: tuple[str, str, str, str]

    @property
    def opens(self) -> bool:
        """Say whether the role opens the address at all."""
        return any(each != NO for each in self.answers)


def lines() -> list[Line]:
    """Return the matrix in the order of the addresses; `UnstatedError` when a view is silent."""
    found: list[Line] = []
    silent = []
    for pattern, name, view in _walk(get_resolver().url_patterns, "", ""):
        made = list(_lines(pattern, name, view))
        found += made
        if not made:
            silent.append(pattern)
    if silent:
        raise UnstatedError(", ".join(silent))
    return found


def _walk(
    patterns: Iterable[URLPattern | URLResolver], prefix: str, space: str
) -> Iterator[tuple[str, str, object]]:
    for each in patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, pattern, inner)
        else:
            yield pattern, f"{space}{each.name}", each.callback


def _lines(pattern: str, name: str, view: object) -> Iterator[Line]:
    """Give a line for each method and role of a view; none when it does not say who may open it."""
    machine = machine_rule_of(view)
    rule = screen_rule_of(view)
    if machine is not None:
        right, source, answers = _right_of_machine(machine), "Policy", _machine_answers(machine)
        methods = machine.methods or ANY
    elif rule is not None:
        right, source = _right(rule), _source(rule)
        answers, methods = _screen_answers(rule, pattern), rule.methods
    else:
        return
    for method in methods:
        for role, given in answers.items():
            yield Line(pattern, name, method, right, source, role, given)


def _right(rule: ScreenRule) -> str:
    if rule.public:
        return "öppen för alla"
    named = " eller ".join(RIGHTS[each].name for each in rule.permissions)
    return named or "alla som har loggat in"


def _source(rule: ScreenRule) -> str:
    return "; ".join(dict.fromkeys(RIGHTS[each].source for each in rule.permissions)) or "Policy"


def _screen_answers(rule: ScreenRule, pattern: str) -> Answers:
    if rule.public:
        return dict.fromkeys(EVERYBODY, OPEN_TO_ALL)
    names = frozenset(PARAMETER.findall(pattern))
    answers = {role.manual_name: _answers(rule, role, names) for role in ALL_ROLES}
    return dict.fromkeys(EVERYBODY, CLOSED) | answers


def _answers(rule: ScreenRule, role: Role, names: frozenset[str]) -> tuple[str, str, str, str]:
    own, unit, provider = (_answer(rule, role, side, names) for side in Whose)
    return own, unit, provider, NO if own == NO else _protected(role)


@cache
def _kinds(role: Role) -> tuple[ScopeKind, ...]:
    """Return how far a role can hold, the narrowest first."""
    return tuple(kind for kind in HELD_FOR if kind in role.scope_kinds)


def _answer(rule: ScreenRule, role: Role, side: Whose, names: frozenset[str]) -> str:
    """Return the answer in words: it may depend on how far the role has been given."""
    held = role.permissions
    given = {kind: outcome(rule, held, kind, side, names) for kind in _kinds(role)}
    opened = [kind for kind, found in given.items() if found is Outcome.OPEN]
    if rule.asked_by_oneself and Outcome.FORBIDDEN not in given.values():
        return OWN_ONLY if side is Whose.OWN else NO
    if len(opened) == len(given):
        return YES
    if not opened:
        return NO
    return "om rollen gäller " + " eller ".join(HELD_FOR[kind] for kind in opened)


def _protected(role: Role) -> str:
    return WITH_REASON if Permission.VIEW_PROTECTED in role.permissions else MASKED


def _right_of_machine(machine: MachineRule) -> str:
    if machine.public:
        return "öppen för alla"
    label = CLASS_NAMES.get(machine.data_class, "")
    return f"klient med uppgifterna {label}" if label else "klient med nyckel"


def _machine_answers(machine: MachineRule) -> Answers:
    """Return that persons' own sign-ins reach nothing here, and a client what it was made for."""
    if machine.public:
        return dict.fromkeys(EVERYBODY, OPEN_TO_ALL)
    reached = "om klienten har platsen"
    made_for = (reached, reached, reached, "som klienten är upplagd")
    return dict.fromkeys(EVERYBODY, CLOSED) | {CLIENT: made_for}
