"""Bringing in files: what there is to bring in, and each file's way to the register."""
