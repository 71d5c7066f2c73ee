"""Tests of what the suite has under the same name."""
