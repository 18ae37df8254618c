"""Tests of the boundary for machines."""
