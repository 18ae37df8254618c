"""Signing in, in every way there is."""
