"""E-arkiv och gallring: packages for the e-archive, and what has come to its day."""
