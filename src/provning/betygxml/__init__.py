"""Betyg XML 1.1.1 and betygsdokument 2.0, read and written as streams of frozen rows."""
