"""Avstämning: two files dropped on a page, or one file against what is stored, and the answer."""
