"""IMS Enterprise 1.1 in the dialect that Stockholm's systems write and read."""
