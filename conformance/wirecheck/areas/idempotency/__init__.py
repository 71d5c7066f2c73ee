"""Idempotency: requests with an `Idempotency-Key` that are sent again."""
