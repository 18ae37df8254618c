"""Tests of drafts and decisions."""
