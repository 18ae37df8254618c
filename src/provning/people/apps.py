"""Django's name for the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people room."""

    name = "provning.people"
    default_auto_field = "django.db.models.BigAutoField"
