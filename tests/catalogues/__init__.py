"""Tests of the catalogues: what they say and how they look on paper."""
