"""Tests of the course register."""
