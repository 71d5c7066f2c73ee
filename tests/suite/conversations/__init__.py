"""Tests of how conversations are judged."""
