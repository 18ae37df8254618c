"""Wiring only: settings, urls, wsgi."""
