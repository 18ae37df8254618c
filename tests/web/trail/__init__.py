"""Tests of the screens of the trail."""
