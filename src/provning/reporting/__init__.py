"""What leaves for the authorities, and the record of every export of grades that has left."""
