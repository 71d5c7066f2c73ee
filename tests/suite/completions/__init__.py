"""Tests of what completions are held to."""
