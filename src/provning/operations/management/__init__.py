"""What the room adds to Django's own commands."""
