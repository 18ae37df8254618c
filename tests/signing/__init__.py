"""Tests of electronic signatures."""
