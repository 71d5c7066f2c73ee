"""The echo: an engine that says the last user message again, the same way each time. Knows no HTTP."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from typing import Any, Final

from wirecheck_contract.models import Model

from wirecheck_reference.engines.chat import ChatRequest, Delta
from wirecheck_reference.engines.echo.manners import Manner
from wirecheck_reference.engines.echo.reply import reply_to
from wirecheck_reference.engines.echo.script import Script, script
from wirecheck_reference.engines.echo.tokens import prompt_tokens
from wirecheck_reference.errors import ApiError, invalid_value
from wirecheck_reference.ids import new_id

# Tokens that prompt and answer may have together, and that one choice may have.
WINDOW: Final = 8192
MOST: Final = 4096
# How many deltas a model that never waits says before others get their turn.
_BREATH: Final = 32


QUICK: Final = Manner()


class EchoEngine:
    """Serves models that differ in their manner alone."""

    def __init__(self, models: Mapping[str, Manner], describe: Mapping[str, Model]) -> None:
        self._manners = dict(models)
        self.models: tuple[Model, ...] = tuple(describe[name] for name in models)
        self.running = 0
        self._turns = itertools.count()

    async def start_chat(self, request: ChatRequest, model: Model) -> EchoGeneration:
        """Plans the whole answer. Raises `ApiError` (400) for what does not fit or cannot be done."""
        manner = self._manners[model.id]
        manner.admit(request)
        # Nobody sees the steps of an answer that comes as a whole, unless they take their time.
        at_once = manner is QUICK and not request.get("stream")
        count, planned = plan(request, _call_ids(), manner, next(self._turns), at_once=at_once)
        return EchoGeneration(self, count, planned, manner, at_once=at_once)


class EchoGeneration:
    """A planned answer on its way."""

    def __init__(self, engine: EchoEngine, count: int, planned: Script, manner: Manner, *, at_once: bool) -> None:
        self._engine = engine
        self._deltas: Sequence[Delta] = planned.deltas
        self._manner = manner
        self.ready = planned.deltas if at_once else None
        self.prompt_tokens = count
        self.completion_tokens = planned.completion_tokens
        self.reasoning_tokens = planned.reasoning_tokens

    async def deltas(self) -> AsyncGenerator[Delta]:
        """The planned deltas, each after the manner's pause. Raises `ApiError` (502) where the manner is to fail."""
        pause, fails_after = self._manner.pause, self._manner.fails_after
        self._engine.running += 1
        try:
            for position, delta in enumerate(self._deltas):
                if position == fails_after:
                    raise ApiError(502, "model_error", "The model failed.")
                if pause:
                    await asyncio.sleep(pause)
                elif position % _BREATH == _BREATH - 1:
                    await asyncio.sleep(0)
                yield delta
        finally:
            self._engine.running -= 1


def plan(
    request: ChatRequest, call_ids: Iterator[str], manner: Manner = QUICK, turn: int = 0, *, at_once: bool = False
) -> tuple[int, Script]:
    """The tokens of the prompt, and the script of the answer. Ids of calls and the turn are taken from outside.

    Raises `ApiError` (400): `context_length_exceeded` where prompt and limit together do not fit the window.
    """
    count = prompt_tokens(request)
    limit = _limit(request, count)
    reply = reply_to(request)
    if manner.speaks_otherwise:
        reply = manner.reply(request, reply, limit, turn)
    return count, script(reply, request, limit, call_ids, at_once=at_once)


def _limit(request: Mapping[str, Any], count: int) -> int:
    """The most tokens that one choice may have: the smaller of both fields, else what is left of the window."""
    asked = [(int(request[field]), field) for field in ("max_completion_tokens", "max_tokens") if request.get(field)]
    limit, field = min(asked, default=(0, "messages"))
    used = count + max(limit, 1)
    if used > WINDOW:
        raise ApiError(
            400,
            "context_length_exceeded",
            f"The model's context window holds {WINDOW} tokens; the prompt and the answer asked for take {used}.",
            param=field if asked and count < WINDOW else "messages",
            details={"tokens_used": used, "max_tokens": WINDOW},
        )
    if limit > MOST:
        raise invalid_value(f"The model answers with at most {MOST} tokens, not {limit}.", field)
    return limit or min(MOST, WINDOW - count)


def _call_ids() -> Iterator[str]:
    while True:
        yield new_id("call_")
