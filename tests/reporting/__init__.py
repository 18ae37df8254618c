"""Tests of what leaves for the authorities."""
