"""Tests of the SS 12000 provider."""
