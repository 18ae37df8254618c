"""docs/settings.md describes every variable of the environment that the program reads."""

import ast

from tests.project.tables import rows_of
from tools.python_source import modules_with, texts_of

READERS = {"str", "bool", "int", "list", "db", "email_url", "get", "getenv", "setdefault"}
OWNERS = {"env", "environ", "os"}


def variables() -> set[str]:
    """Return the name of every variable read anywhere in the program."""
    found: set[str] = set()
    for module in modules_with("env"):
        for call in module.calls:
            match call.func:
                case ast.Attribute(
                    attr=reader, value=ast.Name(id=owner) | ast.Attribute(attr=owner)
                ):
                    if reader in READERS and owner in OWNERS and call.args:
                        found.update(texts_of(module, call.args[0]) or ())
    return {name for name in found if name.isupper()}


def test_every_variable_is_described_and_every_description_is_of_one() -> None:
    described = {row["variable"].strip("`") for row in rows_of("docs/settings.md", "variable")}
    assert described == variables()
