"""Batches: many requests in a file, answered as time allows."""
