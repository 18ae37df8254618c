"""Prövning: from the application to the archived grade catalogue."""

__version__ = "0.1.0"
