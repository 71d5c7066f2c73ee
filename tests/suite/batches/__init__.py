"""Tests of how batches are judged."""
