"""Completions: texts that a model goes on with."""
