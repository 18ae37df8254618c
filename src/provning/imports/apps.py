"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class ImportsConfig(AppConfig):
    """The imports room."""

    name = "provning.imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known which files may go and how, to the room of retention below."""
        find = later("provning.imports.disposal", "imports_to_dispose")
        dispose = later("provning.imports.actions.disposal", "dispose_imports")
        import_module("provning.archive.above").register_disposal("imports", find, dispose)
