"""Utdrag ur betygskatalogen: chosen and issued for one person, ordered for many."""
