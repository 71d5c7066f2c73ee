"""A deterministic tokenizer: pieces of at most four letters. Never cuts a code point, never loses one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pydantic_core import to_json

from wirecheck_reference.engines.echo.images import described

_PIECE: Final = re.compile(r"\s?\w{1,4}|\s?[^\w\s]{1,4}|\s{1,4}")
# What the turns and the opening of an answer cost beside their words, as chat templates do.
_PER_MESSAGE: Final = 3
_PER_PROMPT: Final = 3


def tokenize(text: str) -> list[str]:
    """The pieces of a text; joined they are the text again."""
    return _PIECE.findall(text)


def prompt_tokens(request: Mapping[str, Any]) -> int:
    """How many tokens a chat request's messages and tools take: estimated by length, as nobody sees these tokens."""
    count = _PER_PROMPT
    for message in request["messages"]:
        count += _PER_MESSAGE + _estimate(text_of(message))
        if (calls := message.get("tool_calls")) is not None:
            count += _of_document(calls)
    for field in ("tools", "functions", "response_format"):
        if request.get(field):
            count += _of_document(request[field])
    return count


def text_of(message: Mapping[str, Any]) -> str:
    """The text of a message: its content, or its parts joined, images as the words that describe them.

    Raises `ValueError` for an image that cannot be read.
    """
    content = message.get("content")
    if content is None:
        return ""
    return content if isinstance(content, str) else "".join(_part_texts(content))


def _part_texts(parts: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for part in parts:
        if part["type"] == "image_url":
            yield f" [{described(part['image_url']['url'])}]"
        else:
            yield part.get("text") or part.get("refusal") or ""


def _of_document(document: Any) -> int:
    return _estimate(to_json(document).decode())


def _estimate(text: str) -> int:
    """A token for each four letters that are begun."""
    return (len(text) + 3) // 4
