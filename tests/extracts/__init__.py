"""Tests of the extracts: what one person takes along, and everything about a person."""
