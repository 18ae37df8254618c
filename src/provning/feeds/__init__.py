"""What we hold as other systems read it, and what other systems have decided."""
