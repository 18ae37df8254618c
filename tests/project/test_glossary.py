"""docs/glossary.md: one English identifier for each word of the trade, and each with its word."""

import re

from django.apps import apps

from provning.accounts.roles import ROLES
from provning.kernel.actors import Permission, ScopeKind
from tests.project.tables import rows_of
from tools.python_source import classes, modules

TABLE = rows_of("docs/glossary.md", "Swedish")
IDENTIFIERS = {
    name for row in TABLE for name in re.findall(r"`([^`]+)`", row["English identifier"])
}


def test_every_row_is_filled_in() -> None:
    assert [row for row in TABLE if not all(row.values())] == []


def test_no_identifier_stands_for_two_words() -> None:
    names = [name for row in TABLE for name in re.findall(r"`([^`]+)`", row["English identifier"])]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_model_has_its_word() -> None:
    models = {each.text for each in classes("models.Model", "AbstractBaseUser")}
    assert models - IDENTIFIERS == set()


def test_every_field_of_a_model_has_its_word() -> None:
    assert fields() - IDENTIFIERS == set()


def test_every_kind_of_choice_has_its_word() -> None:
    choices = {each.function for each in classes("models.TextChoices", "TextChoices", "StrEnum")}
    assert choices - IDENTIFIERS == set()


def test_every_role_permission_and_scope_has_its_word() -> None:
    codes = {*ROLES, *(each.value for each in Permission)}
    assert codes - IDENTIFIERS == set()
    scopes = {f"ScopeKind.{each.name}" for each in ScopeKind}
    assert scopes - IDENTIFIERS == set()


def test_every_identifier_is_in_use() -> None:
    words = {word for module in modules() for word in re.findall(r"\w+", module.text)}
    words |= fields()
    assert [name for name in IDENTIFIERS if not set(name.split(".")) <= words] == []


def fields() -> set[str]:
    """Return the name of every field of every model, Django's own in them too."""
    models = [each for each in apps.get_models() if each.__module__.startswith("provning.")]
    every = [field for model in models for field in model._meta.get_fields()]
    return {field.name for field in every if not field.auto_created or field.concrete}
