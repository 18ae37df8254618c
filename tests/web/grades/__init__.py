"""Tests of the screens of grading."""
