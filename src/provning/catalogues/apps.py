"""Django's name for the room."""

from django.apps import AppConfig


class CataloguesConfig(AppConfig):
    """The catalogues room."""

    name = "provning.catalogues"
    default_auto_field = "django.db.models.BigAutoField"
