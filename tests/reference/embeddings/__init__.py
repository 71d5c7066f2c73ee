"""Tests of the embeddings of the reference server."""
