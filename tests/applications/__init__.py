"""Tests of requests to Vuxenutbildningscentrum."""
