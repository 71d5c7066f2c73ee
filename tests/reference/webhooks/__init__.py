"""Webhooks of the reference server."""
