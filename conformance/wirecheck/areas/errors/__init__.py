"""Errors: one envelope, honest statuses."""
