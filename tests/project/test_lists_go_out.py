"""Every list goes out as a file, or it is said here why it does not."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.python_source import modules_with

WEB = Path("src/provning/web")
IN_A_FORM = "a form to fill in: what it chooses among is a list of its own screen"
NOT_EXPORTED = {
    "catalogues/sheets.py:sheet_table": "the catalogue itself goes out, as PDF and as JSON",
    "extracts/listing.py:choice_table": IN_A_FORM,
    "groups/copying.py:_table": IN_A_FORM,
    "groups/placing.py:_chosen_table": IN_A_FORM,
    "groups/placing.py:_found_table": IN_A_FORM,
    "imports/uploading.py:_fields_table": "the template goes out, as CSV and XLSX",
    "privacy/cases.py": "a case is read by whoever deals with it, and stays with them",
    "reconciliation/lines.py:row_table": "the answer goes out, as CSV, XLSX and JSON",
    "showcase.py:components": "shows the components, nothing of the register",
    "students/everything.py": "everything about a person goes out, as PDF and as JSON",
}
OWN_MARKUP = {
    "catalogues/list.html": "buttons to write catalogues; the catalogues written are a list",
    "components/ledger.html": "the lists themselves",
    "components/showcase.html": "shows the components, nothing of the register",
    "grades/paste_preview.html": IN_A_FORM,
    "grades/review.html": IN_A_FORM,
    "grades/review_part.html": IN_A_FORM,
    "imports/columns.html": IN_A_FORM,
    "reconciliation/columns.html": IN_A_FORM,
}


@cache
def lists() -> tuple[tuple[str, bool], ...]:
    """Return the place of every list in the screens, and whether it goes out."""
    return tuple(
        (f"{path}:{function.name}", "export" in {each.arg for each in call.keywords})
        for module in modules_with("Table")
        if (path := module.path.removeprefix(f"{WEB}/")) not in {module.path, "tables.py"}
        for function in module.parents
        if isinstance(function, ast.FunctionDef)
        for call in own_calls(function)
    )


def own_calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Give where a function makes a list."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            made = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            if isinstance(made, ast.Name) and made.id == "Table":
                yield node


def test_every_list_goes_out_as_a_file_or_has_its_reason() -> None:
    found = lists()
    missing = {place for place, goes_out in found if not goes_out}
    unexplained = {
        each for each in missing if not {each, each.partition(":")[0]} & NOT_EXPORTED.keys()
    }
    assert unexplained == set()
    assert sum(goes_out for _place, goes_out in found) > len(missing)


def test_no_reason_outlives_its_list() -> None:
    missing = {place for place, goes_out in lists() if not goes_out}
    reasons = {each for each in NOT_EXPORTED if (WEB / each.partition(":")[0]).exists()}
    assert reasons <= missing | {each.partition(":")[0] for each in missing}


def test_lists_of_their_own_markup_have_links_or_their_reason() -> None:
    templates = WEB / "templates"
    own = {
        str(path.relative_to(templates)): path.read_text("utf-8")
        for path in templates.rglob("*.html")
        if "<table" in path.read_text("utf-8")
    }
    assert {name for name, text in own.items() if "{% list_files " not in text} == set(OWN_MARKUP)
