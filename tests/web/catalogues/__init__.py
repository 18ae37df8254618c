"""Tests of the screens of the catalogues."""
