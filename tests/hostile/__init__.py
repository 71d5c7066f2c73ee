"""Servers that nobody should meet, and that a run survives."""
