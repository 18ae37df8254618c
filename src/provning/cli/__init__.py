"""Boundary for operators: commands."""
