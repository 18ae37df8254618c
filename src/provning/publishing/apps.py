"""Django's name for the room."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PublishingConfig(AppConfig):
    """The publishing room."""

    name = "provning.publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the stamps' triggers put in place whenever the tables have been changed."""
        post_migrate.connect(_install, sender=self)


def _install(using: str, **_more: Any) -> None:
    """Put the triggers in place: SQLite drops them with a table that a migration rebuilds."""
    import_module("provning.publishing.triggers").install(using)
