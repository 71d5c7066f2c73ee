"""Embeddings: texts and tokens as vectors."""
