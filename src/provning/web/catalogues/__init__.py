"""Betygskatalog: what there is, what is being made, and the documents themselves."""
