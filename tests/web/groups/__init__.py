"""Tests of the screens of the prövningsgrupper."""
