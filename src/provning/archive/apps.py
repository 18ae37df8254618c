"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class ArchiveConfig(AppConfig):
    """The archive room."""

    name = "provning.archive"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, and what a rättelse makes out of date."""
        import_module("provning.archive.guards")
        finder = later("provning.archive.consequences", "delivery_consequences")
        import_module("provning.grading.consequences").register_consequences("archive", finder)
