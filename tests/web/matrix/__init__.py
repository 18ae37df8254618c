"""Tests of who reaches what: every address, every role, one's own and somebody else's."""
