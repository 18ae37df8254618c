"""Tests of the comparisons people ask for."""
