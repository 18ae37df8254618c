"""Tests of what every screen stands on."""
