"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class ExtractsConfig(AppConfig):
    """The extracts room."""

    name = "provning.extracts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, and what a rättelse makes out of date."""
        import_module("provning.extracts.guards")
        finder = later("provning.extracts.consequences", "extract_consequences")
        import_module("provning.grading.consequences").register_consequences("extracts", finder)
