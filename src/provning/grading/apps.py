"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig


class GradingConfig(AppConfig):
    """The grading room."""

    name = "provning.grading"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, and what the rooms below ask of grades."""
        import_module("provning.grading.guards")
        import_module("provning.grading.administration")
        import_module("provning.grading.deciding")
