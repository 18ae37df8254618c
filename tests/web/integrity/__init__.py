"""Nothing is lost, silently changed or let in by another door, whatever is sent to the program."""
