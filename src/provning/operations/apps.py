"""Django's name for the room."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """The operations room."""

    name = "provning.operations"
    default_auto_field = "django.db.models.BigAutoField"
