"""Tests of the screens of the extracts."""
