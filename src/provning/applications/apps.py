"""Django's name for the room."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """The applications room."""

    name = "provning.applications"
    default_auto_field = "django.db.models.BigAutoField"
