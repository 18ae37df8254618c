"""Organisers, providers, school units, initials, term calendars and local policy."""
