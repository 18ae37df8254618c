"""Tests of the imports room: files in, through their steps, and back again."""
