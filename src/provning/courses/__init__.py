"""The course register: what can be examined."""
