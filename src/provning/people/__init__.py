"""Persons, their numbers over time, protected identity, enrolments and staff duties."""
