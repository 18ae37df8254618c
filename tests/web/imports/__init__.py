"""Tests of the screens where files are brought in, and of lists taken out."""
