"""The world of the groups."""

from tests.web.groups.conftest import admin, world

__all__ = ["admin", "world"]
