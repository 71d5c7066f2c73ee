"""Embeddings told, taken and refused otherwise. A module a topic."""
