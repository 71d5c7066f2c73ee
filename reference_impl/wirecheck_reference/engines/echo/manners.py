"""How models differ: in their pace, in what they take, in what they say of their own accord. Knows no HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from random import Random, SystemRandom
from typing import Any, Final, Literal

from wirecheck_reference.engines.chat import ChatRequest
from wirecheck_reference.engines.echo.reply import Reply
from wirecheck_reference.engines.echo.tokens import tokenize
from wirecheck_reference.errors import ApiError

# Values that ask for what a model does anyway, so that none refuses them.
_USUAL: Final = {
    "temperature": 1,
    "top_p": 1,
    "presence_penalty": 0,
    "frequency_penalty": 0,
    "logit_bias": {},
    "logprobs": False,
    "response_format": {"type": "text"},
}
_REFUSAL: Final = "I am sorry, but I cannot help with that."
# Letters of one to four bytes, and the mark of bytes that were no text.
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzäßçéжщюя日本語中文ひらがな한글🦊🙂\ufffd\ufffd"
_WORDS: Final = (
    "the",
    "rain",
    "in",
    "spring",
    "may",
    "fall",
    "on",
    "every",
    "field",
    "and",
    "some",
    "old",
    "clocks",
    "tell",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model speaks.

    `pause`: seconds before each delta; `fails_after`: how many deltas it says before it breaks down (None: never);
    `thoughts`: tokens that it thinks aloud before it speaks; `refuses`: fields of a request that it does not take at
    any value but the usual; `says`: what it is asked to repeat, noise without end (the same for the same question), or
    something else each time; `declines`: of so many answers one is a refusal (0: none).
    """

    pause: float = 0.0
    fails_after: int | None = None
    thoughts: int = 0
    refuses: frozenset[str] = frozenset()
    says: Literal["echo", "noise", "anything"] = "echo"
    declines: int = 0

    @property
    def speaks_otherwise(self) -> bool:
        """Whether the model says anything but the echo."""
        return bool(self.thoughts or self.declines or self.says != "echo")

    def admit(self, request: Mapping[str, Any]) -> None:
        """Raises `ApiError` (400) for a field that the model does not take."""
        for field in sorted(self.refuses):
            value = request.get(field)
            if value is not None and value != _USUAL.get(field):
                message = f"Unsupported parameter: '{field}' is not supported with this model."
                raise ApiError(400, "unsupported_parameter", message, param=field)

    def reply(self, request: ChatRequest, reply: Reply, limit: int, turn: int) -> Reply:
        """What the model says in place of an echo. `limit`: the most tokens of it; `turn` counts its answers."""
        if self.declines and turn % self.declines == self.declines - 1:
            return Reply("", refusal=_REFUSAL)
        if self.says == "noise":
            reply = Reply(_noise([request["messages"], request.get("seed")], limit + 1))
        elif self.says == "anything" and not reply.calls.calls and not _structured(request):
            reply = Reply(_sentence())
        return reply._replace(thoughts=tuple(_thoughts(self.thoughts)))

    def continuation(self, prompt: str, seed: Any, said: str, limit: int) -> str:
        """What the model goes on with behind a prompt, where an echo goes on with `said`."""
        if self.says == "noise":
            return _noise([prompt, seed], limit + 1)
        return _sentence() if self.says == "anything" else said


QUICK: Final = Manner()


def _structured(request: ChatRequest) -> bool:
    return (request.get("response_format") or {}).get("type") in ("json_object", "json_schema")


def _noise(asked: Any, tokens: int) -> str:
    source = Random(sha256(json.dumps(asked, sort_keys=True).encode()).digest())  # noqa: S311 - noise, nothing secret
    return "".join(" " + "".join(source.choices(_LETTERS[:-2], k=3)) + source.choice(_LETTERS) for _ in range(tokens))


def _sentence() -> str:
    source = SystemRandom()
    return " ".join(source.choices(_WORDS, k=source.randint(24, 40))).capitalize() + "."


def _thoughts(tokens: int) -> list[str]:
    source = SystemRandom()
    spread = tokens + source.randint(0, tokens // 4) if tokens else 0
    return tokenize(" ".join(source.choices(_WORDS, k=spread)))[:spread]
