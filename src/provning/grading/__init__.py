"""Drafts and grade decisions: the decision and its life."""
