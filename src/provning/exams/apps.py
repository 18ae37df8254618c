"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """The exams room."""

    name = "provning.exams"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known what the organisation's screens count here."""
        import_module("provning.exams.administration")
