"""Tests of the house itself: its import contracts, its files, its documents."""
