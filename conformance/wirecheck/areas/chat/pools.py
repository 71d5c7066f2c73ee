"""The pools of chats: every success, every completion, every stream. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wirecheck.areas.chat.probes import chat, leaving, logprobs, streaming, tools
from wirecheck.areas.http.pools import answered
from wirecheck.contract.operations import EVENTS
from wirecheck.evidence.exchange import Exchange, at
from wirecheck.judging.pool import Pool, Records

OPERATION = "createChatCompletion"


def _answers(exchange: Exchange) -> bool:
    """A success that can be held to what was asked: an invalid request owes nothing but its refusal."""
    return (
        answered(exchange)
        and exchange.status == 200
        and exchange.operation is not None
        and exchange.operation.id == OPERATION
        and exchange.intent.valid is not False
        # What is sent beside clients that leave is for `concurrency.bystander` alone to judge.
        and exchange.intent.origin != leaving.left.name
        and isinstance(exchange.request.json, dict)
    )


def _calls(exchange: Exchange) -> bool:
    """Whether a chat answer holds tool calls, of whatever form."""
    return _answers(exchange) and b'"tool_calls"' in exchange.body


every_chat_success = Pool("successful chat answer", _answers, (chat.sync, streaming.streamed))


def _all(exchanges: Sequence[Exchange]) -> Iterator[tuple[Exchange, ...]]:
    yield tuple(each for each in exchanges if _answers(each))


all_chat_answers = Records("chat answers", _all, (chat.sync, chat.minimal, chat.cut, chat.stopped, chat.same_name))

every_completion = Pool(
    "chat completion without a stream", lambda it: _answers(it) and not it.asks_for_stream, (chat.sync,)
)

every_answer_with_logprobs = Pool(
    "chat answer to `logprobs: true`",
    lambda it: _answers(it) and at(it.request.json, "logprobs") is True,
    (logprobs.top,),
)

every_completion_with_calls = Pool(
    "chat completion with tool calls", lambda it: _calls(it) and not it.asks_for_stream, (tools.required,)
)

every_stream = Pool(
    "event stream",
    lambda it: _answers(it) and it.media_type == EVENTS,
    (streaming.streamed, streaming.counted),
)

every_stream_with_calls = Pool(
    "event stream with tool calls", lambda it: _calls(it) and it.media_type == EVENTS, (tools.required,)
)
