"""A whole reply, cut by stop strings and the token limit, as the deltas that tell it. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from wirecheck_reference.engines.chat import Delta
from wirecheck_reference.engines.echo.calls import Call
from wirecheck_reference.engines.echo.reply import Reply
from wirecheck_reference.engines.echo.tokens import tokenize
from wirecheck_reference.errors import invalid_value

# Words that could have stood in place of a token, for `top_logprobs`: more than may be asked for.
_WORDS: Final = "the of and a to in is you that it he was for on are as with his they I at be this have from"
_OTHERS: Final = tuple(" " + word for word in _WORDS.split())
_STEP: Final = 0.75
MOST_LOGPROBS: Final = 100_000


class Script(NamedTuple):
    """What is said, in one choice or in all: the deltas in sending order, and how many tokens they are.

    `reasoning_tokens` are those of the `completion_tokens` that are thoughts.
    """

    deltas: Sequence[Delta]
    completion_tokens: int
    reasoning_tokens: int = 0


def script(
    reply: Reply, request: Mapping[str, Any], limit: int, call_ids: Iterator[str], *, at_once: bool = False
) -> Script:
    """The deltas of `n` choices, a step of each in turn. `limit` is the most tokens of one choice.

    With `at_once` a text without logprobs is one delta. Raises `ApiError` (400) for more logprobs than it tells.
    """
    choices = int(request.get("n") or 1)
    lines = [_line(index, reply, request, limit, call_ids, at_once=at_once) for index in range(choices)]
    if choices == 1:
        return lines[0]
    turns = zip_longest(*(line.deltas for line in lines))
    deltas = [delta for turn in turns for delta in turn if delta is not None]
    return Script(deltas, sum(line.completion_tokens for line in lines), sum(line.reasoning_tokens for line in lines))


def cut(text: str, stops: Sequence[str], limit: int) -> tuple[list[str], str]:
    """The tokens that are shown of a text, and why they end: `stop` or `length`.

    A stop string is never shown, nor the beginning of one: not even where the limit falls inside it.
    """
    found = [(at, at + len(stop)) for stop in stops if stop and (at := text.find(stop)) >= 0]
    start, end = min(found, default=(len(text), len(text)))
    said = tokenize(text)
    within = len(said) <= limit
    if not within:
        said = said[:limit]
    reached = sum(map(len, said)) if found else 0
    if not found or reached <= start:
        return said, "stop" if within else "length"
    return tokenize(text[:start]), "stop" if reached >= end else "length"


def _line(
    index: int, reply: Reply, request: Mapping[str, Any], limit: int, call_ids: Iterator[str], *, at_once: bool
) -> Script:
    if reply.thoughts:
        return _thinking(index, reply, request, limit, call_ids)
    if reply.refusal:
        refused, reason = cut(reply.refusal, (), limit)
        told = [Delta(index, {"refusal": token}) for token in refused]
        return _framed(index, None, told, reason)
    if reply.calls.calls:
        return _calling(index, reply, limit, call_ids)
    stop = request.get("stop")
    tokens, reason = cut(reply.text, [stop] if isinstance(stop, str) else stop or (), limit)
    if request.get("logprobs"):
        wanted = int(request.get("top_logprobs") or 0)
        if len(tokens) * (1 + wanted) * int(request.get("n") or 1) > MOST_LOGPROBS:
            raise invalid_value(f"One answer tells at most {MOST_LOGPROBS} log probabilities.", "logprobs")
        told = [Delta(index, {"content": token}, None, logprobs_of(token, wanted)) for token in tokens]
    elif at_once:
        return Script([Delta(index, {"role": "assistant", "content": "".join(tokens)}, reason)], len(tokens))
    else:
        told = [Delta(index, {"content": token}) for token in tokens]
    return _framed(index, "", told, reason)


def _framed(index: int, content: str | None, told: Sequence[Delta], reason: str) -> Script:
    opening = Delta(index, {"role": "assistant", "content": content})
    return Script([opening, *told, Delta(index, {}, reason)], len(told))


def _thinking(index: int, reply: Reply, request: Mapping[str, Any], limit: int, call_ids: Iterator[str]) -> Script:
    """Thoughts, then the reply where the limit leaves room for it."""
    thoughts = reply.thoughts[:limit]
    left = limit - len(thoughts)
    if left:
        rest = _line(index, reply._replace(thoughts=()), request, left, call_ids, at_once=False)
    else:
        rest = _framed(index, "", (), "length")
    told = [Delta(index, {"reasoning_content": thought}) for thought in thoughts]
    used = rest.completion_tokens + len(thoughts)
    return Script([rest.deltas[0], *told, *rest.deltas[1:]], used, len(thoughts))


def _calling(index: int, reply: Reply, limit: int, call_ids: Iterator[str]) -> Script:
    """The text beside the calls, if there is any, and the calls."""
    beside, _ = cut(reply.text, (), limit)
    told = [Delta(index, {"role": "assistant", "content": None}), *(Delta(index, {"content": each}) for each in beside)]
    reason, left = reply.calls.finish_reason, limit - len(beside)
    for position, call in enumerate(reply.calls.calls):
        if left <= 0:
            reason = "length"
            break
        fragments = tokenize(call.given)
        left -= 1  # The name.
        if len(fragments) > left:
            fragments, reason = fragments[:left], "length"
        left -= len(fragments)
        told += [Delta(index, delta) for delta in _call_deltas(position, call, fragments, call_ids)]
    return Script([*told, Delta(index, {}, reason)], limit - left)


def _call_deltas(index: int, call: Call, fragments: Iterable[str], call_ids: Iterator[str]) -> Iterator[dict[str, Any]]:
    if call.kind == "legacy":
        yield {"function_call": {"name": call.name, "arguments": ""}}
        yield from ({"function_call": {"arguments": fragment}} for fragment in fragments)
        return
    field = "input" if call.kind == "custom" else "arguments"
    opening = {"index": index, "id": next(call_ids), "type": call.kind, call.kind: {"name": call.name, field: ""}}
    yield {"tool_calls": [opening]}
    yield from ({"tool_calls": [{"index": index, call.kind: {field: fragment}}]} for fragment in fragments)


def logprobs_of(token: str, alternatives: int) -> dict[str, Any]:
    """The contract's `Logprobs` of one token: natural logarithms, the token itself the likeliest."""
    listed = likeliest(token, max(alternatives, 1))
    entries = [_entry(text, number) for text, number in listed]
    return {"content": [{**entries[0], "top_logprobs": entries[:alternatives]}], "refusal": None}


def likeliest(token: str, most: int) -> list[tuple[str, float]]:
    """The likeliest tokens in the place of one, with their log probabilities: itself first."""
    own = -(zlib.crc32(token.encode()) % 1000) / 10_000
    others = (other for other in _OTHERS if other != token)
    listed = [(token, own), *((other, own - _STEP * rank) for rank, other in enumerate(others, 1))]
    return [(text, round(number, 4)) for text, number in listed[:most]]


def _entry(token: str, logprob: float) -> dict[str, Any]:
    return {"token": token, "logprob": logprob, "bytes": list(token.encode())}
