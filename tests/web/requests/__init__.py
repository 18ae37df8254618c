"""Tests of the screens of requests."""
