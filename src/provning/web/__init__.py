"""Boundary for people: screens by area."""
