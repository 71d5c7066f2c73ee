"""Tests of how files are judged."""
