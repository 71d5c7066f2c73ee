"""Batches: `POST /v1/batches` and below."""
