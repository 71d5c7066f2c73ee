"""Webhooks gone wrong, a module a topic."""
