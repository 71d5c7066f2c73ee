"""Tests of engines and the catalogue."""
