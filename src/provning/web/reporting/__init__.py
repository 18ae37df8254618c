"""Underlag till myndigheter: what is missing, drafts of files, and what was handed over."""
