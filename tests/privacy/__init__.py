"""Tests of what privacy asks of the program."""
