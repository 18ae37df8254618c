"""Tests of the screens of the installation."""
