"""Tests of the administrator's screens of the organisation."""
