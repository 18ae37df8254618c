"""Tests of the screens of API clients."""
