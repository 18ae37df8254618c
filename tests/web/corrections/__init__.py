"""Tests of the screens of decided grades: their story, rättelse and ändring."""
