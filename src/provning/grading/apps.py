"""Django's name for the room."""

from django.apps import AppConfig


class GradingConfig(AppConfig):
    """The grading room."""

    name = "provning.grading"
    default_auto_field = "django.db.models.BigAutoField"
