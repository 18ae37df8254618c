"""Exam groups and placements: who is examined in what, when."""
