"""Tests of the screens of students."""
