"""Leveranser: what goes to Vuxenutbildningscentrum, and how each one stands."""
