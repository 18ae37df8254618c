"""Tests of the reconciliation on screen."""
