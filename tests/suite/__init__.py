"""Tests of the suite's core, without a server where none is needed."""
