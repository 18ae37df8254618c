"""Tests of groups and placements."""
