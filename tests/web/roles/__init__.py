"""Tests of the screens of roles."""
