"""The environment as the settings read it: a secret may also lie in a file."""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping


class Variables(FileAwareMapping):  # type: ignore[misc] # The library has no types.
    """The variables; `NAME_FILE` names a file with the value of `NAME`, without its last newline.

    So a secret need not stand in the environment, which other programs of the machine may see.
    """

    def __getitem__(self, key: str) -> str:
        """Return a variable's value; raises `ImproperlyConfigured` for a file that is not there."""
        try:
            value: str = super().__getitem__(key)
        except OSError as error:
            path = Path(self.env[f"{key}_FILE"])
            message = f"{key}_FILE: {path} går inte att läsa ({error.strerror})."
            raise ImproperlyConfigured(message) from error
        return value.rstrip("\r\n")


class Environment(environ.Env):  # type: ignore[misc] # The library has no types.
    """Reads settings from the variables."""

    ENVIRON = Variables()
