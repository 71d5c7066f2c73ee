"""The echo: an engine that says the last user message, or a prompt, again, the same way each time. Knows no HTTP."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any, Final

from wirecheck_contract.models import Model

from wirecheck_reference.engines.chat import ChatRequest, Delta
from wirecheck_reference.engines.completion import CompletionRequest, Piece
from wirecheck_reference.engines.echo.continuations import continuations
from wirecheck_reference.engines.echo.generation import Counts, EchoGeneration
from wirecheck_reference.engines.echo.limits import Reach
from wirecheck_reference.engines.echo.manners import QUICK, Manner
from wirecheck_reference.engines.echo.reply import refuse_what_is_not_read, reply_to
from wirecheck_reference.engines.echo.script import Script, script
from wirecheck_reference.engines.echo.tokens import prompt_tokens
from wirecheck_reference.ids import new_id

_WHOLE: Final = Reach()


class EchoEngine:
    """Serves models that differ in their manner alone."""

    def __init__(self, models: Mapping[str, Manner], describe: Mapping[str, Model]) -> None:
        self._manners = dict(models)
        self.models: tuple[Model, ...] = tuple(describe[name] for name in models)
        self.running = 0
        self._turns = itertools.count()

    async def start_chat(self, request: ChatRequest, model: Model) -> EchoGeneration[Delta]:
        """Plans the whole answer. Raises `ApiError` (400) for what does not fit or cannot be done."""
        manner = self._manners[model.id]
        manner.admit(request)
        # Nobody sees the steps of an answer that comes as a whole, unless they take their time.
        at_once = manner is QUICK and not request.get("stream")
        turn, reach = next(self._turns), Reach.of(model)
        count, planned = plan(request, _call_ids(), manner, turn, reach, at_once=at_once)
        counts = Counts(count, planned.completion_tokens, planned.reasoning_tokens)
        return EchoGeneration(self, [planned.deltas], counts, manner, at_once=at_once)

    async def start_completion(self, request: CompletionRequest, model: Model) -> EchoGeneration[Piece]:
        """Plans the continuations of all prompts. Raises `ApiError` (400) for what does not fit or cannot be done."""
        manner = self._manners[model.id]
        manner.admit(request)
        at_once = manner is QUICK and not request.get("stream")
        lines, counts = continuations(request, manner, Reach.of(model), at_once=at_once)
        return EchoGeneration(self, lines, counts, manner, at_once=at_once)


def plan(
    request: ChatRequest,
    call_ids: Iterator[str],
    manner: Manner = QUICK,
    turn: int = 0,
    reach: Reach = _WHOLE,
    *,
    at_once: bool = False,
) -> tuple[int, Script]:
    """The tokens of the prompt, and the script of the answer. Ids of calls and the turn are taken from outside.

    Raises `ApiError` (400): `context_length_exceeded` where prompt and limit together do not fit the window.
    """
    refuse_what_is_not_read(request)
    count = prompt_tokens(request)
    limit = _limit(request, count, reach)
    reply = reply_to(request)
    if manner.speaks_otherwise:
        reply = manner.reply(request, reply, limit, turn)
    return count, script(reply, request, limit, call_ids, at_once=at_once)


def _limit(request: Mapping[str, Any], count: int, reach: Reach) -> int:
    """The most tokens that one choice may have: the smaller of both fields, else what is left of the window."""
    asked = [(int(request[field]), field) for field in ("max_completion_tokens", "max_tokens") if request.get(field)]
    limit, field = min(asked, default=(0, "messages"))
    reach.refuse_too_much(count, max(limit, 1), field, "messages")
    return limit or min(reach.most, reach.window - count)


def _call_ids() -> Iterator[str]:
    while True:
        yield new_id("call_")
