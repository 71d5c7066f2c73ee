"""Answers of completions as servers give them, in a word each."""

from __future__ import annotations

from typing import Any

from wirecheck.areas.completions.asking import COMPLETIONS
from wirecheck.evidence.exchange import Exchange

from tests.suite.answers import usage
from tests.suite.exchanges import answered, asked, streamed

HEAD: dict[str, Any] = {"id": "cmpl-1", "object": "text_completion", "created": 1_767_225_600, "model": "m"}


def choice(text: str, index: int = 0, finish: str | None = "stop", logprobs: Any = None) -> dict[str, Any]:
    """One choice of an answer or of a chunk."""
    return {"index": index, "text": text, "finish_reason": finish, "logprobs": logprobs}


def lists(*tokens: str, first: float | None = -0.5) -> dict[str, Any]:
    """Log probabilities of tokens, in lists that are right."""
    offsets = [sum(map(len, tokens[:place])) for place in range(len(tokens))]
    numbers = [first, *[-0.5 for _ in tokens[1:]]]
    tops = [None if number is None else {token: number} for token, number in zip(tokens, numbers, strict=True)]
    return {"tokens": list(tokens), "token_logprobs": numbers, "top_logprobs": tops, "text_offset": offsets}


def continues(*choices: dict[str, Any], prompt: Any = "hello", counts: Any = None, **fields: Any) -> Exchange:
    """A plain answer with these choices; `fields` are those of its request."""
    request = asked(COMPLETIONS, body={"model": "m", "prompt": prompt, **fields})
    return answered({**HEAD, "choices": list(choices), "usage": counts or usage()}, request=request)


def streams(*chunks: dict[str, Any], prompt: Any = "hello", **fields: Any) -> Exchange:
    """A stream, a chunk for each choice."""
    request = asked(COMPLETIONS, body={"model": "m", "prompt": prompt, "stream": True, **fields})
    return streamed(*({**HEAD, "choices": [each]} for each in chunks), request=request)


def refused(status: int = 400, prompt: Any = "hello", **fields: Any) -> Exchange:
    """A refusal."""
    request = asked(COMPLETIONS, body={"model": "m", "prompt": prompt, **fields})
    return answered({"error": {"message": "No."}}, status=status, request=request)
