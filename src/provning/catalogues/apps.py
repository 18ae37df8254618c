"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class CataloguesConfig(AppConfig):
    """The catalogues room."""

    name = "provning.catalogues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, and what a rättelse makes out of date."""
        import_module("provning.catalogues.guards")
        import_module("provning.catalogues.administration")
        finder = later("provning.catalogues.consequences", "catalogue_consequences")
        import_module("provning.grading.consequences").register_consequences("catalogues", finder)
