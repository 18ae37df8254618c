"""Tests of the manual's whole routine in a real browser."""
