"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class PrivacyConfig(AppConfig):
    """The privacy room."""

    name = "provning.privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """List what carries a person from the moment that the identity becomes protected."""
        follow = later("provning.privacy.actions", "follow_protection")
        import_module("provning.people.becoming").when_protected("privacy", follow)
