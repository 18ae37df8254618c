"""Who has opened whom: the seam to the access log, and the screens that show it."""
