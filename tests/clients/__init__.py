"""Tests of the room of API clients."""
