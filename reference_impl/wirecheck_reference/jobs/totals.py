"""The tokens of a batch, added up over its answers. Knows the usages of chats, completions and embeddings."""

from __future__ import annotations

from typing import Any

from pydantic_core import from_json


class Totals:
    """What the answers told so far: `usage` is the contract's `BatchUsage`."""

    def __init__(self) -> None:
        self._read = self._written = self._cached = self._reasoned = 0

    def add(self, line: bytes) -> None:
        """Adds what an answer tells; one that tells nothing adds nothing."""
        response = from_json(line)["response"] or {}
        usage = (response.get("body") or {}).get("usage") or {}
        self._read += usage.get("prompt_tokens", 0)
        self._written += usage.get("completion_tokens", 0)
        self._cached += _detail(usage, "prompt_tokens_details", "cached_tokens")
        self._reasoned += _detail(usage, "completion_tokens_details", "reasoning_tokens")

    @property
    def usage(self) -> dict[str, Any]:
        """The sums."""
        return {
            "input_tokens": self._read,
            "input_tokens_details": {"cached_tokens": self._cached},
            "output_tokens": self._written,
            "output_tokens_details": {"reasoning_tokens": self._reasoned},
            "total_tokens": self._read + self._written,
        }


def _detail(usage: dict[str, Any], details: str, name: str) -> int:
    found: int = (usage.get(details) or {}).get(name) or 0
    return found
