"""Completions told otherwise, and as right."""
