"""The one error of this package."""

from __future__ import annotations


class UnusableSchemaError(ValueError):
    """A schema that is none, that refers to nowhere, or that no instance was found for."""
