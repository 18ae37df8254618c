"""The matrix as files: CSV with a row for every answer, HTML to read from the top."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from provning.accounts.rights import RIGHTS
from provning.accounts.roles import ALL_ROLES, ALL_TASKS
from provning.kernel.actors import Permission
from provning.operations.matrix.lines import EVERYBODY, HELD_FOR, Line

SIDES: Final = ("Egen enhet", "Anordnarens andra enheter", "Andra anordnare", "Skyddade personer")
HEADS: Final = ("Adress", "Namn", "Metod", "Rättighet", "Lag eller policy", "Roll", *SIDES)
INTRO: Final = (
    "Raderna är hämtade ur programmets egna adresser. Utan rättigheten blir svaret 403. Det som"
    " ligger utanför en rolls räckvidd svarar 404, som om det inte fanns, och står inte i någon"
    " lista, sökning eller fil. En person med skyddade personuppgifter är dold överallt: den som"
    " har rätten öppnar uppgifterna med ett skäl, och det loggas."
)
STYLE: Final = (
    "body{font:1rem/1.4 sans-serif;margin:2rem;color:#111;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:0 0 2rem}"
    "th,td{border:1px solid #767676;padding:.2rem .4rem;text-align:left;vertical-align:top}"
    "thead th{background:#eee}code{font-size:.9em;overflow-wrap:anywhere}"
    "@media print{thead{display:table-header-group}tr{break-inside:avoid}}"
)


def as_csv(rows: Iterable[Line]) -> str:
    """Return the matrix as CSV with semicolons, a row for each address, method and role."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADS)
    writer.writerows(
        (f"/{row.pattern}", row.name, row.method, row.right, row.source, row.role, *row.answers)
        for row in rows
    )
    return written.getvalue()


def as_html(rows: Iterable[Line]) -> str:
    """Return the matrix as one page that needs nothing beside it.

    Each address stands with the roles that open it; those that are not named do not.
    """
    return format_html(
        '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>{title}</title>'
        "<style>{style}</style></head>"
        "<body><h1>{title}</h1><p>{intro}</p>{roles}{rights}{tasks}<h2>Adresser</h2>"
        "<p>Den roll som inte står vid en adress får inte öppna den.</p>{areas}"
        "</body></html>\n",
        title="Behörigheter i Prövning",
        style=STYLE,
        intro=INTRO,
        roles=_table("Roller", ("Roll", "Kan gälla", "Rättigheter", "Skyddade"), _roles()),
        rights=_table("Rättigheter", ("Rättighet", "Lag eller policy"), _rights()),
        tasks=_table("Det rektor kan delegera", ("Uppgift", "Lag", "Rättigheter"), _tasks()),
        areas=_areas(rows),
    )


def _roles() -> Iterator[tuple[str, ...]]:
    for role in ALL_ROLES:
        kinds = " eller ".join(word for kind, word in HELD_FOR.items() if kind in role.scope_kinds)
        sees = Permission.VIEW_PROTECTED in role.permissions
        opened = "öppnar med skäl" if sees else "ser inte"
        yield role.manual_name, kinds, _named(role.permissions), opened


def _rights() -> Iterator[tuple[str, ...]]:
    return ((right.name, right.source) for right in RIGHTS.values())


def _tasks() -> Iterator[tuple[str, ...]]:
    return ((task.name, task.law, _named(task.permissions)) for task in ALL_TASKS)


def _named(permissions: frozenset[Permission]) -> str:
    return ", ".join(RIGHTS[each].name for each in Permission if each in permissions)


def _table(title: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> SafeString:
    body = format_html_join("\n", "{}", ((_row(row),) for row in rows))
    return format_html("<h2>{}</h2><table>{}<tbody>{}</tbody></table>", title, _head(heads), body)


def _head(heads: tuple[str, ...]) -> SafeString:
    cells = format_html_join("", '<th scope="col">{}</th>', ((each,) for each in heads))
    return format_html("<thead><tr>{}</tr></thead>", cells)


def _row(cells: tuple[str, ...]) -> SafeString:
    first, *rest = cells
    others = format_html_join("", "<td>{}</td>", ((each,) for each in rest))
    return format_html('<tr><th scope="row">{}</th>{}</tr>', first, others)


def _areas(rows: Iterable[Line]) -> SafeString:
    """Return a table for each first part of the addresses, in their order."""
    areas: dict[str, list[Line]] = {}
    for row in rows:
        areas.setdefault(row.pattern.partition("/")[0], []).append(row)
    heads = ("Adress och metod", "Rättighet", "Lag eller policy", "Roll", *SIDES)
    return format_html_join(
        "\n",
        "<h3>/{}</h3><table>{}{}</table>",
        ((area, _head(heads), _bodies(found)) for area, found in areas.items()),
    )


def _bodies(rows: Iterable[Line]) -> SafeString:
    """Return a group of rows for each address, its methods together where they answer alike."""
    grouped: dict[tuple[str, str, str, tuple[Line, ...]], list[str]] = {}
    for _key, found in groupby(rows, key=lambda row: (row.pattern, row.method)):
        chosen = tuple(found)
        first = chosen[0]
        told = tuple(_without_method(row) for row in chosen if row.opens)
        key = (first.pattern, first.right, first.source, told)
        grouped.setdefault(key, []).append(first.method)
    return format_html_join(
        "\n", "<tbody>{}</tbody>", ((_body(key, methods),) for key, methods in grouped.items())
    )


def _without_method(row: Line) -> Line:
    return Line(row.pattern, row.name, "", row.right, row.source, row.role, row.answers)


def _body(key: tuple[str, str, str, tuple[Line, ...]], methods: list[str]) -> SafeString:
    pattern, right, source, roles = key
    alike = _alike(roles)
    head = format_html(
        '<th scope="rowgroup" rowspan="{0}"><code>/{1}</code> {2}</th>'
        '<td rowspan="{0}">{3}</td><td rowspan="{0}">{4}</td>',
        str(max(len(alike), 1)),
        pattern,
        ", ".join(methods),
        right,
        source,
    )
    cells = [
        format_html_join("", "<td>{}</td>", ((each,) for each in (named, *answers)))
        for answers, named in alike.items()
    ]
    first, *rest = cells or [format_html('<td colspan="5">{}</td>', "ingen")]
    others = format_html_join("", "<tr>{}</tr>", ((each,) for each in rest))
    return format_html("<tr>{}{}</tr>{}", head, first, others)


def _alike(rows: tuple[Line, ...]) -> dict[tuple[str, ...], str]:
    """Return the answers with the roles that are given them, by name."""
    found: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        found.setdefault(row.answers, []).append(row.role)
    return {
        answers: "alla" if len(roles) == len(EVERYBODY) else ", ".join(roles)
        for answers, roles in found.items()
    }
