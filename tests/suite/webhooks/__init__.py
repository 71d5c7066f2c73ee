"""Tests of the sentences on webhooks."""
