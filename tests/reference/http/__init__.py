"""Tests of what is around every operation."""
