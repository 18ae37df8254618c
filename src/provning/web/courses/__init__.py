"""The course register: searched as it is typed, and as a page of its own."""
