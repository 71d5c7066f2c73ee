"""Embeddings: spec/rules/embeddings. A module a topic."""
