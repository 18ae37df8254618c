"""The permission matrix is whole: every address says who may open it, in every form."""

import csv
from pathlib import Path
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path
from django.utils.html import escape

from provning.accounts.rights import RIGHTS
from provning.accounts.roles import ALL_ROLES
from provning.cli.main import main
from provning.kernel.actors import Permission
from provning.operations.matrix import UnstatedError, as_html, lines
from provning.operations.matrix.lines import CLIENT, NOBODY
from provning.web.permissions import addresses

CORRECTING = "Skollagen (2010:800) 3 kap. 19 §"
ROLES = [*(role.manual_name for role in ALL_ROLES), NOBODY, CLIENT]


def answers(name: str, method: str) -> dict[str, tuple[str, ...]]:
    """Return what each role is answered, those that are not let in left out."""
    found = [each for each in lines() if (each.name, each.method) == (name, method)]
    return {each.role: each.answers for each in found if each.opens}


def test_every_address_and_method_has_a_line_for_every_role() -> None:
    rules = [(each.pattern, each.rule or each.machine) for each in addresses()]
    expected = [
        (pattern, method, role)
        for pattern, rule in rules
        if rule
        for method in rule.methods or ("alla",)
        for role in ROLES
    ]
    assert [(each.pattern, each.method, each.role) for each in lines()] == expected
    assert [pattern for pattern, rule in rules if rule is None] == []


def test_every_right_has_a_swedish_name_and_a_source() -> None:
    assert list(RIGHTS) == list(Permission)
    assert [each for each in RIGHTS.values() if not each.name or not each.source] == []


def silent(_request: HttpRequest) -> HttpResponse:
    """Answer without having said who may ask."""
    return HttpResponse()


@pytest.mark.parametrize("prefix", ["ny/", "api/"])
def test_a_view_that_does_not_say_who_may_open_it_fails_the_build(prefix: str) -> None:
    urls = ModuleType("urls_of_a_test")
    urls.urlpatterns = [path(prefix, include([path("sida/", silent, name="new")]))]  # type: ignore[attr-defined] # a module of this test
    with override_settings(ROOT_URLCONF=urls), pytest.raises(UnstatedError) as refusal:
        lines()
    assert str(refusal.value) == f"{prefix}sida/"


def test_a_line_tells_how_far_each_role_reaches() -> None:
    far = "om rollen gäller anordnaren"
    assert answers("catalogues:record", "GET") == {
        "Vux extern anordnare Sthlm": ("ja", far, "nej", "dold"),
        "Vux extern anordnare ansvarig Sthlm": ("ja", far, "nej", "dold"),
        "Vux intern anordnare Sthlm": ("ja", far, "nej", "dold"),
        "Vux intern anordnare ansvarig Sthlm": ("ja", far, "nej", "dold"),
        "Betygsadministratör": ("ja", far, "nej", "dold"),
        "Betygssättande lärare": ("ja", "nej", "nej", "dold"),
        "Rektor": (
            "ja",
            "om rollen gäller anordnaren eller huvudmannen",
            "om rollen gäller huvudmannen",
            "med angivet skäl",
        ),
        "Vuxenutbildningscentrum": ("ja", "ja", "ja", "med angivet skäl"),
    }
    assert answers("grades:sheet", "POST")["Betygssättande lärare"] == ("ja", "nej", "nej", "dold")
    assert answers("api:organisations-list", "GET").keys() == {CLIENT}
    whole = "om rollen gäller hela systemet"
    assert answers("installation:jobs", "POST") == {}
    assert answers("installation:jobs", "GET") == {
        "Systemadministratör": (whole, whole, whole, "dold")
    }
    assert answers("sign-in", "GET")[NOBODY] == ("ja", "ja", "ja", "nej")


def test_a_line_names_the_right_in_swedish_and_the_law() -> None:
    found = {each.name: (each.right, each.source) for each in lines()}
    assert [found[each] for each in ("corrections:correct", "roles:delegation", "overview")] == [
        ("rätta betyg", "Skollagen (2010:800) 3 kap. 19 §"),
        ("delegera", "Skollagen (2010:800) 2 kap. 10 §"),
        ("alla som har loggat in", "Policy"),
    ]


def test_both_files_hold_every_line(tmp_path: Path) -> None:
    every = lines()
    table = tmp_path / "behorigheter.csv"
    assert main(["matrix", "--out", str(table)]) == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert rows[1:] == [
        [
            f"/{each.pattern}",
            each.name,
            each.method,
            each.right,
            each.source,
            each.role,
            *each.answers,
        ]
        for each in every
    ]
    page = as_html(every)
    assert [each.pattern for each in every if f"<code>/{escape(each.pattern)}<" not in page] == []
    assert f">{CORRECTING}</td><td>Rektor</td><td>ja</td>" in page


def test_another_ending_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["matrix", "--out", str(tmp_path / "matrix.pdf")]) == 2
    assert capsys.readouterr().err == "Filens namn ska sluta på .csv eller .html.\n"
