"""Tests of the sentences on embeddings."""
