"""Models are written in the rooms' `actions` alone, so that every write has rules and an event."""

import ast

from tools.python_source import Module, modules

# Methods of models, managers and query sets that write; `None`: whatever they are called on.
WRITES = {
    "save": None,
    "bulk_create": None,
    "bulk_update": None,
    "get_or_create": None,
    "update_or_create": None,
    "raw_delete": None,
    "create": {"objects", "filter", "exclude", "all", "select_for_update"},
    "update": {"objects", "filter", "exclude", "all", "select_for_update"},
    "delete": {"objects", "filter", "exclude", "all", "select_for_update"},
}
# Functions of ours that write what they are given.
FUNCTIONS = {"insert_models", "insert_values"}
STATEMENTS = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "COPY")
# `path:function` of a write elsewhere, with the reason it has to be there.
ALLOWED = {
    "src/provning/audit/inserting.py:insert_models": "is the writing that is looked for",
    "src/provning/cli/rehearse/record.py:check_record": "tries what the database has to refuse",
    "src/provning/web/identity/saml.py:saml_answer": "drops a browser's session, which is no model",
    "src/provning/web/identity/saml.py:saml_post": "a browser's session, which is no model",
    "src/provning/web/organisation/staff_member.py:person": "a form's own save, as in editing",
    "src/provning/web/students/editing.py:edit": "a form's own save, which calls people's action",
}


def writes(module: Module) -> list[str]:
    """Return `path:function` of everything in the module that writes to the database."""
    nodes = [call for call in module.calls if _writes(call)]
    nodes += [call for call in module.calls if _executes_a_write(call)]
    return [f"{module.path}:{module.qualified(_around(module, node))}" for node in nodes]


def in_actions(path: str) -> bool:
    """Say whether the file is a room's `actions`, module or package."""
    parts = path.removesuffix(".py").split("/")
    return parts[:2] == ["src", "provning"] and parts[3:4] == ["actions"]


def test_only_actions_write_models() -> None:
    found = {each for module in modules() if not in_actions(module.path) for each in writes(module)}
    assert found == set(ALLOWED)


def test_what_is_looked_for_is_found() -> None:
    source = """
def f(person, group):
    person.save()
    Person.objects.create(name="")
    Person.objects.filter(pk=1).update(name="")
    Person.objects.filter(pk=1).exclude(pk=2).delete()
    Person.objects.bulk_create([])
    group.placements.create(person=person)
    group.placements.all().delete()
    person.delete()
    cursor.execute("UPDATE people_person SET name = ''")
    insert_models([person])
"""
    assert len(writes(Module("x.py", source))) == 10


def test_what_only_looks_alike_is_left_alone() -> None:
    source = """
def f(facts, form, path, hashed):
    facts.update(more)
    facts |= more
    hashed.update(b"")
    path.unlink()
    cursor.execute("SELECT 1")
"""
    assert writes(Module("x.py", source)) == []


def _around(module: Module, node: ast.AST) -> ast.AST:
    return module.function_around(node) or module.tree


def _writes(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in FUNCTIONS
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITES:
        return False
    receivers = WRITES[call.func.attr]
    if receivers is None or _names(call.func.value) & receivers:
        return True
    # A manager of related rows, or a model: dictionaries and hashes take one positional argument.
    return not call.args and (call.func.attr != "update" or bool(call.keywords))


def _names(node: ast.expr) -> set[str]:
    return {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def _executes_a_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in {"execute", "executemany"}:
        return False
    texts = [each.value for each in ast.walk(call) if isinstance(each, ast.Constant)]
    return any(str(text).lstrip().upper().startswith(STATEMENTS) for text in texts)
