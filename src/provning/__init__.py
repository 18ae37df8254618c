"""Prövning: from the application to the archived grade catalogue."""
