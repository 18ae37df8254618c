"""Tests of deliveries, packages for the e-archive, and disposal."""
