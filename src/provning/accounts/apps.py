"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "provning.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, so that their absence is seen."""
        import_module("provning.accounts.guards")
