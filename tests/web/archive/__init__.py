"""Tests of the screens of packages and disposal."""
