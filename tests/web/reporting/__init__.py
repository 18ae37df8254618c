"""Tests of the reporting screens."""
