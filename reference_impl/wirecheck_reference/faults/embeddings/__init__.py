"""Faults of embeddings. A module a topic."""
