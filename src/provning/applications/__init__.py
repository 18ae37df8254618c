"""Requests to the adult education centre, and later the public offer and applications."""
