"""Tool calls: spec/rules/tools.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

import jsonschema_rs

from wirecheck.areas.chat.calls import (
    CUT,
    Call,
    calls_in_the_older_way,
    calls_of,
    calls_of_ended,
    choice_of,
    cut,
    difference,
    ended,
    holding,
    text,
)
from wirecheck.areas.chat.pools import every_completion_with_calls, every_stream_with_calls
from wirecheck.areas.chat.probes import tools
from wirecheck.areas.chat.probes.tools import Asked
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import ABSENT, Exchange, at, items
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement

# The reasons that there are: any other is for `finish.reason` to judge.
REASONS: Final = ("stop", "tool_calls", "function_call", *CUT)
NAME: Final = tools.NAMED["function"]["name"]


def _sync(seen: tuple[Asked, ...]) -> list[Exchange]:
    return [answer for asked in seen for answer in asked.sync]


def _streams(seen: tuple[Asked, ...]) -> list[Exchange]:
    return [answer for asked in seen for answer in asked.stream]


def _reasons(asked: Asked, answers: Iterable[Exchange]) -> list[tuple[Exchange, str]]:
    """The finish reason of each answer whose calls came to their end."""
    found = []
    for answer in answers:
        calls, choice = calls_of(answer), choice_of(answer)
        reason = choice.finish if choice else None
        if calls and reason in REASONS and not (reason in CUT and _may_be_cut(asked, answer, calls)):
            found.append((answer, reason))
    return found


def _may_be_cut(asked: Asked, answer: Exchange, calls: list[Call]) -> bool:
    """Whether a filter ended an answer, or a limit may have: not where all is there and tokens are left."""
    reason, spent = read(answer).first.finish, read(answer).count("completion_tokens") or 0
    lacks = len(calls) < asked.wanted or any(call.value is ABSENT for call in calls)
    return reason == "content_filter" or lacks or spent >= tools.STEADY_CALL["max_tokens"]


@requirement("tools.required", on=tools.unrelated, feature="tools")
def calls_when_it_must(answer: Exchange) -> Violations:
    """`tool_choice: required` MUST be answered with at least one call."""
    said = read(answer).first.text
    if not calls_of(answer):
        if cut(answer):
            raise Unseen("the answer was cut or refused before a call")
        yield f"no call, but the text {said[:120]!r}"


@requirement("tools.named", on=tools.named, feature="tools")
def calls_the_named_function(seen: Asked) -> Violations:
    """A `tool_choice` that names a function MUST be answered with calls of that function, and of no other."""
    # What a stream calls in place of it is compared with this answer: `tools.stream-equal`.
    answers = [answer for answer in seen.sync if answer.status == 200 and (calls_of(answer) or not cut(answer))]
    if not answers:
        raise Unseen("no answer came, or each was cut or refused before a call")
    for answer in answers:
        names = [call.name for call in calls_of(answer)]
        if not names or set(names) - {NAME, ""}:
            yield Broken(f"{NAME} is named; the calls are {names}, the text {read(answer).first.text[:80]!r}", answer)


@requirement("tools.none", on=tools.forbidden, feature="tools")
def calls_nothing_when_forbidden(seen: tuple[Exchange, ...]) -> Violations:
    """`tool_choice: none` MUST NOT be answered with a call, with or without a stream."""
    answers = [(answer, choice) for answer in seen if (choice := choice_of(answer))]
    if not answers:
        raise Unseen("no answer came")
    for answer, choice in answers:
        calls = calls_of(answer)
        if calls or calls_in_the_older_way(answer) or choice.finish in ("tool_calls", "function_call"):
            yield Broken(f"{len(calls)} calls, finish_reason {choice.finish!r}", answer)


@requirement("tools.finish", on=tools.chosen, feature="tools")
def finishes_with_tool_calls(seen: tuple[Asked, ...]) -> Violations:
    """An answer with calls MUST have the reason `tool_calls`, or `stop` where `tool_choice` demanded one, with and
    without a stream.
    """
    reasons = [each for asked in seen for each in _reasons(asked, (*asked.sync, *asked.stream))]
    if not reasons:
        raise Unseen("no answer with calls came to its end")
    for answer, reason in reasons:
        demanded = at(answer.request.json, "tool_choice") == "required"
        if reason != "tool_calls" and not (demanded and reason == "stop"):
            yield Broken(f"{len(calls_of(answer))} calls, finish_reason {reason!r}", answer)


@requirement("tools.named-finish", on=tools.named, feature="tools")
def finishes_a_named_call(seen: Asked) -> Violations:
    """A call of the function that `tool_choice` names MUST have the reason `stop` or `tool_calls`, with and without
    a stream.
    """
    reasons = _reasons(seen, (*seen.sync, *seen.stream))
    if not reasons:
        raise Unseen("no answer with calls came to its end")
    for answer, reason in reasons:
        if reason not in ("stop", "tool_calls"):
            yield Broken(f"a call that came to its end, finish_reason {reason!r}", answer)


@requirement("tools.named-finish-equal", on=tools.named, feature="tools")
def finishes_a_named_call_alike(seen: Asked) -> Violations:
    """A stream with a call of the function that `tool_choice` names SHOULD end with the reason that the same request
    has without a stream.
    """
    sync, stream = _reasons(seen, seen.sync), _reasons(seen, seen.stream)
    before, after = [{reason for _, reason in side} & {"stop", "tool_calls"} for side in (sync, stream)]
    if len({call.name for answer, _ in (*sync, *stream) for call in calls_of(answer)}) > 1:
        raise Unseen("the two answers call different functions")
    if not before or not after:
        raise Unseen("the two answers cannot be compared (a quick run asks for no stream)")
    if not before & after:
        yield Broken(f"without a stream {min(before)!r}, in the stream {min(after)!r}", seen.stream[0])


@requirement("tools.call-shape", on=every_completion_with_calls, feature="tools")
def shapes_its_calls(answer: Exchange) -> Violations:
    """`tool_calls` MUST be a list of calls that follow the schema, their `arguments` a string."""
    broken = shape.breaks(answer, "tool calls")
    if not broken and not calls_of(answer):
        raise Unseen("the answer holds no call")
    for each in broken:
        yield str(each)


@requirement("tools.arguments", on=tools.calling, feature="tools")
def writes_arguments_as_json(seen: tuple[Asked, ...]) -> Violations:
    """The `arguments` of a call SHOULD be the text of one JSON object."""
    for answer, call in ended(_sync(seen)):
        if call.arguments is not None and call.value is ABSENT:
            yield Broken(f"the arguments of {call.name!r} are {call.arguments[:160]!r}", answer)


@requirement("tools.arguments-fit", on=tools.calling, feature="tools")
def keeps_to_the_parameters(seen: tuple[Asked, ...]) -> Violations:
    """The arguments of a call SHOULD follow the schema of the function's parameters."""
    for answer, call in ended(_sync(seen)):
        parameters = _offered(answer).get(call.name)
        if parameters is not None and call.value is not ABSENT:
            for error in jsonschema_rs.Draft202012Validator(parameters).iter_errors(call.value):
                yield Broken(f"{call.name}({(call.arguments or '')[:120]}): {error.message}", answer)


def _offered(answer: Exchange) -> dict[str, Any]:
    """The parameters of each function that the request of an answer offers."""
    functions = [at(tool, "function") for tool in items(answer.request.json, "tools")]
    return {name: at(function, "parameters") for function in functions if (name := text(function, "name"))}


@requirement("tools.offered", on=tools.chosen, feature="tools")
def calls_only_what_is_offered(seen: tuple[Asked, ...]) -> Violations:
    """A call MUST be of a function that the request offers."""
    for answer, calls in holding(_sync(seen)):
        for name in {call.name for call in calls} - {"", *_offered(answer)}:
            yield Broken(f"a call of {name!r}; offered: {', '.join(_offered(answer))}", answer)


@requirement("tools.ids", on=tools.calling, feature="tools")
def names_each_call_apart(seen: tuple[Asked, ...]) -> Violations:
    """The calls of an answer MUST have different `id`s, with and without a stream."""
    found = [(answer, calls) for answer, calls in holding((*_sync(seen), *_streams(seen))) if len(calls) > 1]
    if not found:
        raise Unseen("no answer holds more than one call")
    for answer, calls in found:
        # That there is an id, and what it may be, is for the shapes and for `tools.stream-first`.
        ids = [call.id for call in calls if call.id]
        if len(set(ids)) < len(ids):
            yield Broken(f"the ids of the calls are {ids}", answer)


@requirement("tools.delta-shape", on=every_stream_with_calls, feature="tools")
def shapes_its_deltas(answer: Exchange) -> Violations:
    """`delta.tool_calls` MUST be a list of deltas that follow the schema, each with the `index` of its call."""
    broken = shape.breaks(answer, "tool call deltas")
    if not broken and not calls_of(answer):
        raise Unseen("the stream holds no call")
    for each in broken[:3]:
        yield str(each)


@requirement("tools.stream-index", on=tools.calling, feature="tools")
def counts_calls_from_zero(seen: tuple[Asked, ...]) -> Violations:
    """The indexes of the calls in a stream MUST be 0, 1, 2 and so on, one for each call."""
    indexes = [(answer, [call.index for call in calls]) for answer, calls in holding(_streams(seen))]
    counted = [(answer, found) for answer, found in indexes if ABSENT not in found]
    if not counted:
        raise Unseen("the calls have no index")
    for answer, found in counted:
        if found != list(range(len(found))):
            yield Broken(f"the indexes of the calls are {found}", answer)


@requirement("tools.stream-first", on=tools.calling, feature="tools")
def begins_a_call_with_its_name(seen: tuple[Asked, ...]) -> Violations:
    """The first delta of a call MUST hold its `id` and its function's `name`."""
    for answer, calls in holding(_streams(seen)):
        for call in calls:
            id_, name = at(call.first, "id"), at(call.first, "function", "name")
            if any(value is ABSENT or value in (None, "") for value in (id_, name)):
                yield Broken(f"the first delta of a call has the id {_shown(id_)}, the name {_shown(name)}", answer)


def _shown(value: Any) -> str:
    return "absent" if value is ABSENT else json.dumps(value)


@requirement("tools.stream-name-once", on=tools.calling, feature="tools")
def names_a_call_once(seen: tuple[Asked, ...]) -> Violations:
    """A later delta of a call MUST NOT hold a name, unless it is null or the same."""
    yield from _changes(seen, "name", "function", "name")


@requirement("tools.stream-id-once", on=tools.calling, feature="tools")
def identifies_a_call_once(seen: tuple[Asked, ...]) -> Violations:
    """A later delta of a call SHOULD NOT hold an `id`, unless it is null or the same."""
    yield from _changes(seen, "id", "id")


def _changes(seen: tuple[Asked, ...], what: str, *path: str) -> Violations:
    """What later deltas say of what the first delta of their call said, where it said it."""
    for answer, calls in holding(_streams(seen)):
        for call in calls:
            first = text(call.first, *path)
            for number, part in call.later if first else ():
                again = at(part, *path)
                if again is not ABSENT and again is not None and again != first:
                    yield Broken(f"event {number}: a later delta has the {what} {_shown(again)}", answer)


@requirement("tools.stream-arguments", on=tools.calling, feature="tools")
def streams_arguments_in_pieces(seen: tuple[Asked, ...]) -> Violations:
    """The argument fragments of each call, joined, MUST be the text of one JSON object."""
    for answer, call in ended(_streams(tuple(asked for asked in seen if not _misspells(asked)))):
        if call.arguments is not None and call.value is ABSENT:
            joined = f"the fragments {call.pieces[:6]} join to {call.arguments[:160]!r}"
            yield Broken(joined if call.pieces else f"no delta of the call of {call.name!r} holds arguments", answer)


def _misspells(asked: Asked) -> bool:
    """Whether the model writes arguments that are no JSON without a stream too: then it is not the stream's doing."""
    whole = [answer for answer in asked.sync if not cut(answer)]
    return any(call.value is ABSENT for answer in whole for call in calls_of(answer))


@requirement("tools.stream-equal", on=tools.calling, feature="tools")
def streams_the_same_calls(seen: tuple[Asked, ...]) -> Violations:
    """A stream MUST carry the calls that the same request has without a stream: names and arguments."""
    why = "no two answers with calls, without and with a stream, came to their end"
    compared = False
    for asked in seen:
        sync, stream = calls_of_ended(asked.sync), calls_of_ended(asked.stream)
        if sync and stream and (any(sync) or any(stream)):
            try:
                told = difference(sync, stream, tools.CITY)
            except Unseen as unseen:
                why = str(unseen)
                continue
            compared = True
            if told:
                yield Broken(told, asked.stream[0])
    if not compared:
        raise Unseen(why)
