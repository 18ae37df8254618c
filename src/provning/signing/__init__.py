"""Electronic signatures in PDF: the port, a service of the program's own, verification."""
