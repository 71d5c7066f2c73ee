"""Tests of the sweep and of the checks for the stock Schemathesis command line."""
