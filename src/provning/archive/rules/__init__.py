"""The rules of the way to the archive: deliveries, packages and disposal; pure."""
