"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """The audit room."""

    name = "provning.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, and every room's events: any may be in a trail."""
        import_module("provning.audit.own_guards")
        autodiscover_modules("events")
