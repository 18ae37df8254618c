"""Skyddade personuppgifter: the routine, and what carries a protected person."""
