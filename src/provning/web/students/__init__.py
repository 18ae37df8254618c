"""Elever: finding a person, the study plan, and placing in a prövningsgrupp."""
