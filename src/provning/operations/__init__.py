"""The room of whoever keeps the program running: backups, restoring, health, findings."""
