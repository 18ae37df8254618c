"""Händelseloggen: what has been done, by whom and when, and whether the trail is whole."""
