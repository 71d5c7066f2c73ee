"""Batches gone wrong, a module a topic."""
