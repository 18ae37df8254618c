"""Django's name for the room."""

from django.apps import AppConfig


class CoursesConfig(AppConfig):
    """The courses room."""

    name = "provning.courses"
    default_auto_field = "django.db.models.BigAutoField"
