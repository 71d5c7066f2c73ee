"""Log probabilities told otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wirecheck_reference.variants.kind import on_documents

_SDK: Final = "openai-python types/chat/chat_completion_token_logprob.py"


def _entries(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The entries of all tokens."""
    for choice in document["choices"]:
        yield from (choice.get("logprobs") or {}).get("content") or ()


@on_documents(_SDK + " (bytes: null where a token has no bytes)")
def tells_no_bytes(document: dict[str, Any]) -> None:
    """Writes `bytes: null` for each token."""
    for entry in _entries(document):
        entry["bytes"] = None
        for other in entry["top_logprobs"]:
            other["bytes"] = None


@on_documents(_SDK + " (-9999.0 signifies that a token is very unlikely)")
def holds_alternatives_for_unlikely(document: dict[str, Any]) -> None:
    """Gives each alternative but the first the logprob -9999.0."""
    for entry in _entries(document):
        for other in entry["top_logprobs"][1:]:
            other["logprob"] = -9999.0


@on_documents("RFC 8259 section 6 (numbers)")
def writes_logprobs_as_integers(document: dict[str, Any]) -> None:
    """Rounds logprobs to whole numbers, and writes them so."""
    for entry in _entries(document):
        for each in (entry, *entry["top_logprobs"]):
            each["logprob"] = int(each["logprob"])


@on_documents("openai-python types/chat/chat_completion_chunk.py (ChoiceLogprobs: content and refusal may be null)")
def writes_empty_logprobs(document: dict[str, Any]) -> None:
    """Leaves the list of refused tokens out of logprobs."""
    for choice in document["choices"]:
        if choice.get("logprobs"):
            choice["logprobs"].pop("refusal", None)
