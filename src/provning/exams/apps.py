"""Django's name for the room."""

from django.apps import AppConfig


class ExamsConfig(AppConfig):
    """The exams room."""

    name = "provning.exams"
    default_auto_field = "django.db.models.BigAutoField"
