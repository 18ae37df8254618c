"""One decided grade: its story, and the two ways to mend it, rättelse and ändring."""
