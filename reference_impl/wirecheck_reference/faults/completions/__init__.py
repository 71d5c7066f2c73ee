"""Completions gone wrong."""
