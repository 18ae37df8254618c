"""Tests of what is published: stamps, subscriptions and calls to subscribers."""
