"""Tests of what keeps the program running: backups, restoring, health."""
