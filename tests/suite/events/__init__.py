"""Tests of the sentences on events."""
