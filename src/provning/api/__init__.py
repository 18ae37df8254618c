"""The boundary for machines: tokens, SS 12000, and what other systems fetch."""
