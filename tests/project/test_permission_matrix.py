"""The permission matrix is whole: every address says who may open it, in every form."""

import csv
from pathlib import Path

import pytest

from provning.accounts.roles import ALL_ROLES
from provning.cli.main import main
from provning.operations.matrix import as_html, lines
from provning.web.permissions import addresses


def test_every_address_and_method_is_a_line() -> None:
    rules = [(each.pattern, each.rule or each.machine) for each in addresses()]
    expected = [
        (pattern, method) for pattern, rule in rules if rule for method in rule.methods or ("alla",)
    ]
    assert [(each.pattern, each.method) for each in lines()] == expected
    assert [pattern for pattern, rule in rules if rule is None] == []


def test_a_role_is_marked_where_its_rights_open_the_address() -> None:
    found = {(each.name, each.method): each for each in lines()}
    giving = found["roles:list", "POST"]
    opened = [role.code for role, may in zip(ALL_ROLES, giving.roles, strict=True) if may]
    assert (giving.who, opened) == (
        "give_roles",
        [
            "external_provider_manager",
            "internal_provider_manager",
            "adult_education_centre",
            "system_administrator",
        ],
    )


def test_both_files_hold_every_line(tmp_path: Path) -> None:
    count = len(lines())
    table = tmp_path / "behorigheter.csv"
    assert main(["matrix", "--out", str(table)]) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert [len(row) for row in rows] == [4 + len(ALL_ROLES)] * (count + 1)
    assert as_html(lines()).count('<th scope="row">') == count


def test_another_ending_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", "--out", str(tmp_path / "matrix.pdf")]) == 2
    assert capsys.readouterr().err == "Filens namn ska sluta på .csv eller .html.\n"
