"""Webhooks asked for and heard, a module a topic."""
