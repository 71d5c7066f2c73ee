"""Tool calls: spec/rules/tools.md."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from wirecheck import shape, strict_json
from wirecheck.completion import Call, read
from wirecheck.exchange import ABSENT, Exchange, at, items
from wirecheck.pools import every_completion_with_calls, every_stream_with_calls
from wirecheck.probe import Unseen
from wirecheck.probes import tools
from wirecheck.probes.chat import Both
from wirecheck.requirement import Broken, Violations, requirement


def _calls(answer: Exchange) -> list[Call]:
    found = read(answer).first.calls
    if not found:
        raise Unseen("the answer holds no call")
    return found


def _object(call: Call) -> Any:
    """The arguments as a value, ABSENT where they are no JSON object."""
    try:
        value = strict_json.parse(call.arguments)
    except strict_json.NotJson:
        return ABSENT
    return value if isinstance(value, dict) else ABSENT


def _fragments(answer: Exchange) -> list[tuple[int, dict[str, Any]]]:
    """The tool-call deltas of choice 0, each with the number of its event."""
    found = [
        (number, fragment)
        for number, value in shape.values(answer)
        for item in items(value, "choices")
        for fragment in items(item, "delta", "tool_calls")
        if isinstance(fragment, dict)
    ]
    if not found:
        raise Unseen("the stream holds no call")
    return found


def _firsts(answer: Exchange) -> tuple[list[dict[str, Any]], list[tuple[int, dict[str, Any]]]]:
    """The first delta of each call, and the later ones."""
    firsts: dict[Any, dict[str, Any]] = {}
    later = []
    for number, fragment in _fragments(answer):
        index = _index(fragment)
        if index in firsts:
            later.append((number, fragment))
        else:
            firsts[index] = fragment
    return list(firsts.values()), later


def _index(fragment: dict[str, Any]) -> Any:
    """The index of a delta's call; `ABSENT`, as for one without, where it is no number."""
    index = at(fragment, "index")
    return index if isinstance(index, int) else ABSENT


@requirement("tools.required", on=tools.unrelated, cites="tools.md#choice", feature="tools")
def calls_when_it_must(answer: Exchange) -> Violations:
    """`tool_choice: required` MUST be answered with at least one call."""
    if answer.status == 200 and not read(answer).first.calls:
        yield f"no call, but the text {read(answer).first.text[:120]!r}"


@requirement("tools.named", on=tools.named, cites="tools.md#choice", feature="tools")
def calls_the_named_function(answer: Exchange) -> Violations:
    """A `tool_choice` that names a function MUST be answered with a call of that function, and of no other."""
    found = [call.name for call in read(answer).first.calls]
    if found != ["get_time"]:
        yield f"get_time is named; the calls are {found}"


@requirement("tools.none", on=tools.forbidden, cites="tools.md#choice", feature="tools")
def calls_nothing_when_forbidden(answer: Exchange) -> Violations:
    """`tool_choice: none` MUST NOT be answered with a call."""
    found = read(answer).first
    if found.calls or found.finish == "tool_calls":
        yield f"{len(found.calls)} calls, finish_reason {found.finish!r}"


@requirement("tools.finish", on=tools.required, cites="tools.md#choice", feature="tools")
def finishes_with_tool_calls(seen: Both) -> Violations:
    """An answer with calls that the model chose to make MUST have the reason `tool_calls`, with and without a
    stream.
    """
    for answer in (seen.sync, seen.stream):
        found = read(answer).first
        if found.calls and found.finishes and found.finish != "tool_calls":
            yield Broken(f"{len(found.calls)} calls, finish_reason {found.finish!r}", answer)


@requirement("tools.call-shape", on=every_completion_with_calls, cites="tools.md#calls", feature="tools")
def shapes_its_calls(answer: Exchange) -> Violations:
    """`tool_calls` MUST be a list of calls that follow the schema, their `arguments` a string."""
    for each in shape.breaks(answer, "tool calls"):
        yield str(each)


@requirement("tools.arguments", on=tools.required, cites="tools.md#calls", feature="tools")
def writes_arguments_as_json(seen: Both) -> Violations:
    """The `arguments` of a call MUST be the text of one JSON object."""
    for call in _calls(seen.sync):
        if call.arguments and _object(call) is ABSENT:
            yield Broken(f"the arguments of {call.name} are {call.arguments[:160]!r}", seen.sync)


@requirement("tools.arguments-fit", on=tools.required, cites="tools.md#calls", feature="tools")
def keeps_to_the_parameters(seen: Both) -> Violations:
    """The arguments of a call SHOULD follow the schema of the function's parameters."""
    for call in _calls(seen.sync):
        if call.name in tools.OFFERED and _object(call) is not ABSENT:
            for error in jsonschema_rs.Draft202012Validator(tools.OFFERED[call.name]).iter_errors(_object(call)):
                yield Broken(f"{call.name}({call.arguments[:120]}): {error.message}", seen.sync)


@requirement("tools.offered", on=tools.unrelated, cites="tools.md#calls", feature="tools")
def calls_only_what_is_offered(answer: Exchange) -> Violations:
    """A call MUST be of a function that the request offers."""
    for call in _calls(answer):
        if call.name not in tools.OFFERED:
            yield f"a call of {call.name!r}; only get_weather is offered"


@requirement("tools.ids", on=tools.two, cites="tools.md#calls", feature="tools")
def names_each_call_apart(seen: Both) -> Violations:
    """Each call of an answer MUST have an `id` of its own that is not empty, with and without a stream."""
    for answer in (seen.sync, seen.stream):
        if answer.status != 200:
            continue
        found = [call.id for call in read(answer).first.calls]
        if found and ("" in found or len(set(found)) < len(found)):
            yield Broken(f"the ids of the calls are {found}", answer)
    _calls(seen.sync)


@requirement("tools.delta-shape", on=every_stream_with_calls, cites="tools.md#calls-in-a-stream", feature="tools")
def shapes_its_deltas(answer: Exchange) -> Violations:
    """`delta.tool_calls` MUST be a list of deltas that follow the schema, each with the `index` of its call."""
    for each in shape.breaks(answer, "tool call deltas")[:3]:
        yield str(each)


@requirement("tools.stream-index", on=tools.two, cites="tools.md#calls-in-a-stream", feature="tools")
def counts_calls_from_zero(seen: Both) -> Violations:
    """The indexes of the calls in a stream MUST be 0, 1, 2 and so on, one for each call."""
    indexes: list[Any] = []
    for _, fragment in _fragments(seen.stream):
        index = at(fragment, "index")
        if isinstance(index, int) and index not in indexes:
            indexes.append(index)
    if indexes != list(range(len(indexes))):
        yield Broken(f"the indexes of the calls are {indexes}", seen.stream)


@requirement("tools.stream-first", on=tools.required, cites="tools.md#calls-in-a-stream", feature="tools")
def begins_a_call_with_its_name(seen: Both) -> Violations:
    """The first delta of a call MUST hold its `id` and its function's `name`."""
    for first in _firsts(seen.stream)[0]:
        id_, name = at(first, "id"), at(first, "function", "name")
        if not (isinstance(id_, str) and id_) or not (isinstance(name, str) and name):
            yield Broken(f"the first delta of a call has id {id_!r} and name {name!r}", seen.stream)


@requirement("tools.stream-name-once", on=tools.required, cites="tools.md#calls-in-a-stream", feature="tools")
def names_a_call_once(seen: Both) -> Violations:
    """A later delta of a call MUST NOT hold a name, unless it is null or the same."""
    firsts, later = _firsts(seen.stream)
    names = {_index(first): at(first, "function", "name") for first in firsts}
    for number, fragment in later:
        name, first = at(fragment, "function", "name"), names[_index(fragment)]
        if first and name is not ABSENT and name is not None and name != first:
            yield Broken(f"event {number}: a later delta has the name {name!r}", seen.stream)


@requirement("tools.stream-id-once", on=tools.required, cites="tools.md#calls-in-a-stream", feature="tools")
def identifies_a_call_once(seen: Both) -> Violations:
    """A later delta of a call SHOULD NOT hold an `id`, unless it is null or the same."""
    firsts, later = _firsts(seen.stream)
    ids = {_index(first): at(first, "id") for first in firsts}
    for number, fragment in later:
        id_ = at(fragment, "id")
        if id_ is not ABSENT and id_ is not None and id_ != ids[_index(fragment)]:
            yield Broken(f"event {number}: a later delta has the id {id_!r}", seen.stream)


@requirement("tools.stream-arguments", on=tools.required, cites="tools.md#calls-in-a-stream", feature="tools")
def streams_arguments_in_pieces(seen: Both) -> Violations:
    """The argument fragments of each call, joined, MUST be the text of one JSON object."""
    for call in _calls(seen.stream):
        if _object(call) is ABSENT:
            yield Broken(f"the fragments {call.fragments[:6]} join to {call.arguments[:160]!r}", seen.stream)


@requirement("tools.stream-equal", on=tools.required, cites="tools.md#calls-in-a-stream", feature="tools")
def streams_the_same_calls(seen: Both) -> Violations:
    """A stream MUST carry the calls that the same request has without a stream: names and arguments."""
    sync, stream = read(seen.sync).first.calls, read(seen.stream).first.calls
    if not sync and not stream:
        raise Unseen("neither answer holds a call")
    if any(_object(call) is ABSENT for call in (*sync, *stream)):
        raise Unseen("arguments that are no JSON cannot be compared")
    before = [(call.name, _object(call)) for call in sync]
    after = [(call.name, _object(call)) for call in stream]
    if before != after:
        yield Broken(f"without a stream {before}, in the stream {after}", seen.stream)


@requirement("tools.result", on=tools.result, cites="tools.md#the-turn-after", feature="tools")
def takes_the_result_of_a_call(answer: Exchange) -> Violations:
    """An assistant message with calls and `content: null`, followed by the calls' results, MUST be accepted."""
    if answer.status != 200:
        message = answer.at("error", "message")
        yield (
            f"answered with {answer.status}: {message}"
            if isinstance(message, str)
            else f"answered with {answer.status}"
        )


@requirement("tools.broken-history", on=tools.broken_history, cites="tools.md#the-turn-after", feature="tools")
def survives_a_broken_history(answer: Exchange) -> Violations:
    """A history whose call has arguments that are no JSON MUST be accepted, or refused with 400 or 422."""
    if answer.status is not None and answer.status < 500 and answer.status not in (200, 400, 422):
        yield f"answered with {answer.status}"
