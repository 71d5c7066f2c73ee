"""Answers with calls as a server would have given them, and what a requirement makes of them."""

from __future__ import annotations

from typing import Any

from wirecheck.areas.chat.probes.tools import CLOCK, WEATHER
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import Result, judge

from tests.suite.exchanges import QUESTION, answered, asked, delta, streamed

OFFER = asked(body=QUESTION | {"tools": [WEATHER, CLOCK]})
PARIS = '{"city": "Paris"}'


def call(name: str = "get_weather", arguments: Any = PARIS, id_: Any = "a") -> dict[str, Any]:
    return {"id": id_, "type": "function", "function": {"name": name, "arguments": arguments}}


TWO = (call(), call("get_time", id_="b"))


def body(*calls: Any, finish: Any = "tool_calls", spent: int = 20, **message: Any) -> Exchange:
    message = {"role": "assistant", "content": None, **({"tool_calls": list(calls)} if calls else {}), **message}
    usage = {"prompt_tokens": 3, "completion_tokens": spent, "total_tokens": spent + 3}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    whole = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return answered(whole, request=OFFER)


def parts(index: int, whole: dict[str, Any]) -> list[dict[str, Any]]:
    """The deltas of a call: its name, and its arguments in two pieces."""
    function = whole["function"]
    first = {"index": index, **whole, "function": {"name": function["name"], "arguments": ""}}
    pieces = (function["arguments"][:5], function["arguments"][5:])
    return [first, *({"index": index, "function": {"arguments": piece}} for piece in pieces)]


def stream(*deltas: Any, finish: Any = "tool_calls", **fields: Any) -> Exchange:
    chunks = [delta(role="assistant", content=None), *(delta(tool_calls=[each]) for each in deltas), delta(finish)]
    return streamed(*chunks, request=asked(body=QUESTION | {"tools": [WEATHER, CLOCK], "stream": True}), **fields)


def streams_of(*calls: dict[str, Any], **fields: Any) -> Exchange:
    return stream(*(each for index, whole in enumerate(calls) for each in parts(index, whole)), **fields)


def found(name: str, evidence: Any) -> Result:
    """What becomes of a requirement on one record, or for a pool on the exchanges given."""
    (requirement,) = (each for each in requirements() if each.id == (name if "." in name else f"tools.{name}"))
    return judge(requirement, evidence)
