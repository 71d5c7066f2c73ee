"""Batches of the reference server."""
