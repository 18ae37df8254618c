"""Tests of Betyg XML and betygsdokument."""
