"""Conversations gone wrong, a module a topic."""
