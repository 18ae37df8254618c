"""Comparisons that people ask for on screen: two files, or one file and what is stored here."""
