"""Organisationen: huvudman, providers, units and local custom, for the system administrator."""
