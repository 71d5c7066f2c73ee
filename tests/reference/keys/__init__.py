"""Tests of API keys, scopes and tokens on the reference server."""
