"""Extracts of the grade catalogue: what one person takes along, and everything about a person."""
