"""Betygskatalogens väg till arkivet: deliveries, packages for the e-archive, and disposal."""
