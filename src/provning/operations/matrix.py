"""The permission matrix for an auditor: every address, its methods, and which role may open it.

Read from the addresses themselves and what each view says of itself, so it cannot fall behind. How
far a role reaches among the things is the scope of the role, which the queries hold.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from django.urls import (  # noqa: TID251 - the addresses are what is listed, none is made here
    URLPattern,
    URLResolver,
    get_resolver,
)
from django.utils.html import format_html, format_html_join

from provning.accounts.roles import ALL_ROLES
from provning.clients.marks import machine_rule_of
from provning.kernel.actors import Permission, ScopeKind

SCREEN_MARK = "screen_rule"
YES, NO = "ja", "nej"
ANY = ("alla",)
REACHES = {
    ScopeKind.EVERYTHING: "hela systemet",
    ScopeKind.ORGANISER: "huvudmannen",
    ScopeKind.PROVIDER: "anordnaren",
    ScopeKind.UNIT: "skolenheten",
    ScopeKind.OWN_GROUPS: "egna grupper i skolenheten",
}
HEADS = ("Adress", "Namn", "Metod", "Vem")


class ScreenRule(Protocol):
    """What a screen says of itself."""

    permissions: tuple[Permission, ...]
    public: bool
    methods: tuple[str, ...]


class UnstatedError(Exception):
    """Views that do not say who may open them; the text names their addresses."""


@dataclass(frozen=True, slots=True)
class Line:
    """One address and one method: who may, in words, and for each role whether it may."""

    pattern: str
    name: str
    method: str
    who: str
    roles: tuple[bool, ...]


def lines() -> list[Line]:
    """Return the matrix in the order of the addresses; `UnstatedError` when a view is silent."""
    found, silent = [], []
    for pattern, name, view in _walk(get_resolver().url_patterns, "", ""):
        made = _lines(pattern, name, view)
        found += made
        if not made:
            silent.append(pattern)
    if silent:
        raise UnstatedError(", ".join(silent))
    return found


def as_csv(rows: Iterable[Line]) -> str:
    """Return the matrix as CSV with semicolons, a column for each role."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(_heads())
    writer.writerows(_cells(row) for row in rows)
    return written.getvalue()


def as_html(rows: Iterable[Line]) -> str:
    """Return the matrix as one page that needs nothing beside it."""
    heads = format_html_join("", '<th scope="col">{}</th>', ((each,) for each in _heads()))
    body = format_html_join("\n", "<tr>{}</tr>", ((_row(row),) for row in rows))
    reach = format_html_join("\n", "<li>{}: {}</li>", _reaches())
    return format_html(
        '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8"><title>{title}</title></head>'
        "<body><h1>{title}</h1><p>{intro}</p><h2>{how_far}</h2><ul>{reach}</ul>"
        "<table><thead><tr>{heads}</tr></thead><tbody>\n{body}\n</tbody></table></body></html>\n",
        title="Behörigheter i Prövning",
        intro="Raderna är hämtade ur programmets egna adresser. Det som ligger utanför en rolls"
        " räckvidd svarar som om det inte fanns.",
        how_far="Hur långt varje roll når",
        reach=reach,
        heads=heads,
        body=body,
    )


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


def _lines(pattern: str, name: str, view: object) -> list[Line]:
    """Return a line for each method of a view; none when it does not say who may open it."""
    machine = machine_rule_of(view)
    if machine is not None:
        who = "alla" if machine.public else f"API-klient med {machine.data_class or 'nyckel'}"
        none = (False,) * len(ALL_ROLES)
        return [Line(pattern, name, method, who, none) for method in machine.methods or ANY]
    rule: ScreenRule | None = getattr(view, SCREEN_MARK, None)
    if rule is None:
        return []
    allowed = tuple(_allows(rule, role.permissions) for role in ALL_ROLES)
    return [Line(pattern, name, method, _who(rule), allowed) for method in rule.methods]


def _allows(rule: ScreenRule, held: frozenset[Permission]) -> bool:
    return rule.public or not rule.permissions or bool(held.intersection(rule.permissions))


def _who(rule: ScreenRule) -> str:
    if rule.public:
        return "alla"
    return " eller ".join(rule.permissions) or "alla som har loggat in"


def _heads() -> tuple[str, ...]:
    return (*HEADS, *(role.manual_name for role in ALL_ROLES))


def _cells(row: Line) -> tuple[str, ...]:
    marks = (YES if each else NO for each in row.roles)
    return (f"/{row.pattern}", row.name, row.method, row.who, *marks)


def _row(row: Line) -> str:
    address, *rest = _cells(row)
    cells = format_html_join("", "<td>{}</td>", ((each,) for each in rest))
    return format_html('<th scope="row">{}</th>{}', address, cells)


def _reaches() -> Iterator[tuple[str, str]]:
    for role in ALL_ROLES:
        kinds = " eller ".join(word for kind, word in REACHES.items() if kind in role.scope_kinds)
        sees = Permission.VIEW_PROTECTED in role.permissions
        yield role.manual_name, f"{kinds}; {'öppnar' if sees else 'ser inte'} skyddade uppgifter"
