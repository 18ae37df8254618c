"""Installationen: its health and its background jobs, for who answers for all of it."""
