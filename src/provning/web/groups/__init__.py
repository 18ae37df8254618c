"""Prövningsgrupper: the list, a new group, one group, and the copy to the next term."""
