"""What is and what is not held against a server that calls functions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import pytest
from wirecheck.areas.chat.calls import calls_of
from wirecheck.areas.chat.probes import tools
from wirecheck.areas.chat.probes.tools import Asked
from wirecheck.evidence.exchange import Exchange

from tests.suite.calling import PARIS, TWO, body, call, found, parts, stream, streams_of
from tests.suite.exchanges import answered, delta, streamed

FITS = ("arguments", "arguments-fit", "offered", "finish", "ids", "call-shape")
STREAMS = ("delta-shape", "stream-index", "stream-first", "stream-name-once", "stream-id-once", "stream-arguments")


def outcomes(sync: Exchange | None, streaming: Exchange | None, wanted: int = 1) -> dict[str, str]:
    """What becomes of all that is judged on calls that the model chose, passes left out."""
    record = (Asked(wanted, (sync,) if sync else (), (streaming,) if streaming else ()),)
    results = {}
    for name in (*FITS, *STREAMS, "stream-equal"):
        exchange = sync if name == "call-shape" else streaming
        evidence: Any = ([exchange] if exchange else []) if name.endswith("-shape") else record
        results[name] = found(name, evidence).outcome
    return {name: outcome for name, outcome in results.items() if outcome != "passed"}


def failing(sync: Exchange | None, streaming: Exchange | None, wanted: int = 1) -> list[str]:
    return [name for name, outcome in outcomes(sync, streaming, wanted).items() if outcome == "failed"]


def test_right_calls_pass() -> None:
    assert outcomes(body(*TWO), streams_of(*TWO), 2) == {}
    assert outcomes(body(call()), streams_of(call())) == {"ids": "untestable"}


# Of each wrong answer without a stream, the one requirement that it breaks.
@pytest.mark.parametrize(
    ("broken", "sync"),
    [
        ("finish", body(*TWO, finish="stop")),
        ("finish", body(*TWO, finish="length")),
        ("arguments", body(call(), call("get_time", "", "b"))),
        ("arguments", body(call(), call("get_time", PARIS[:-1], "b"))),
        ("arguments", body(call(), call("get_time", json.dumps(PARIS), "b"))),
        ("arguments", body(call(), call("get_time", "{'city': 'Paris'}", "b"))),
        ("arguments", body(call(arguments=PARIS[:-1]), call("get_time", "", "b"), finish="length")),
        ("arguments-fit", body(call(), call("get_time", '{"city": 5}', "b"))),
        ("offered", body(call(), call("lookup", id_="b"))),
        ("ids", body(call(), call("get_time"))),
        ("call-shape", body(call(), call("get_time", {"city": "Paris"}, "b"))),
        ("call-shape", body(call(), call("get_time", None, "b"))),
        *(("call-shape", body(call(), call("get_time", id_=id_))) for id_ in ("", None, 5)),
        ("call-shape", body(tool_calls=call())),
    ],
)
def test_a_wrong_answer_breaks_one_requirement(broken: str, sync: Exchange) -> None:
    assert failing(sync, None, 2) == [broken]


def late(index: int) -> list[dict[str, Any]]:
    """A call whose name comes with its second delta."""
    first, second, third = parts(index, call("get_time", id_="b"))
    name = first["function"].pop("name")
    return [first, {**second, "function": {**second["function"], "name": name}}, third]


def resent(second: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    """A call whose later deltas say more than their piece."""
    first, *later = parts(1, second)
    function = {"function": changes.pop("function", {})}
    return [first, *({**each, **changes, "function": {**each["function"], **function["function"]}} for each in later)]


FIRST = parts(0, TWO[0])
SECOND = parts(1, TWO[1])
PREFIX = {"index": 1, "function": {"arguments": "{}"}}


# Of each wrong stream of two calls, the one requirement that it breaks.
@pytest.mark.parametrize(
    ("broken", "deltas"),
    [
        ("stream-index", [*FIRST, *parts(0, TWO[1])]),
        ("stream-index", [*parts(1, TWO[0]), *parts(2, TWO[1])]),
        ("stream-equal", FIRST),
        ("stream-equal", []),
        ("stream-equal", [*FIRST, *parts(1, call("get_weather", id_="b"))]),
        ("stream-equal", [*FIRST, *parts(1, call("get_time", '{"place": "Paris"}', "b"))]),
        ("stream-equal", [*FIRST, *parts(1, call("get_time", '{"city": "Pris"}', "b"))]),
        ("stream-first", [*FIRST, *late(1)]),
        ("stream-first", [*FIRST, {**SECOND[0], "function": {"name": None, "arguments": ""}}, *SECOND[1:]]),
        ("stream-first", [*FIRST, {**SECOND[0], "id": ""}, *SECOND[1:]]),
        *(("stream-name-once", [*FIRST, *resent(TWO[1], function={"name": name})]) for name in ("", "null", "other")),
        *(("stream-id-once", [*FIRST, *resent(TWO[1], id=id_)]) for id_ in ("", "c")),
        ("stream-arguments", [*FIRST, *SECOND[:2]]),
        ("stream-arguments", [*FIRST, SECOND[0], PREFIX, *SECOND[1:]]),
        ("stream-arguments", [*FIRST, *(each for each in SECOND for _ in range(2))]),
        ("stream-arguments", [*FIRST, SECOND[0], {"index": 1, "function": {"arguments": None}}]),
        ("delta-shape", [*FIRST, SECOND[0], {"index": 1, "function": {"arguments": {"city": "Paris"}}}]),
        ("delta-shape", [*FIRST, SECOND[0], *({"function": each["function"]} for each in SECOND[1:])]),
        ("delta-shape", [{key: each[key] for key in each if key != "index"} for each in (*FIRST, *SECOND)]),
    ],
)
def test_a_wrong_stream_breaks_one_requirement(broken: str, deltas: list[Any]) -> None:
    assert failing(body(*TWO), stream(*deltas), 2) == [broken]


@pytest.mark.parametrize("reason", ["stop", "length", "function_call"])
def test_a_stream_with_calls_ends_with_their_reason(reason: str) -> None:
    assert failing(body(*TWO), streams_of(*TWO, finish=reason), 2) == ["finish"]


def test_an_object_in_place_of_the_deltas_breaks_the_shape_alone() -> None:
    (chunk,) = (delta(tool_calls=call() | {"index": 0}),)
    assert failing(body(call()), streamed(delta(role="assistant"), chunk, delta("tool_calls"))) == ["delta-shape"]


@pytest.mark.parametrize("reason", ["length", "content_filter"])
def test_what_was_cut_is_not_judged(reason: str) -> None:
    sync = body(call(), call("get_time", '{"ci', "b"), finish=reason)
    streaming = streams_of(call(), call("get_time", '{"cit', "b"), finish=reason)
    assert failing(sync, streaming, 2) == []
    one = call(arguments='{"ci')
    seen = outcomes(body(one, finish=reason), streams_of(one, finish=reason))
    assert seen == dict.fromkeys(
        ("arguments", "arguments-fit", "finish", "ids", "stream-arguments", "stream-equal"), "untestable"
    )


def test_a_limit_that_was_reached_is_believed() -> None:
    spent = tools.STEADY_CALL["max_tokens"]
    assert outcomes(body(call(), finish="length", spent=spent), None)["finish"] == "untestable"
    assert outcomes(body(call(), finish="content_filter"), None)["finish"] == "untestable"
    assert outcomes(body(call(), finish="length"), None, 2)["finish"] == "untestable", (
        "the other call may have been cut"
    )
    assert failing(body(call(), finish="length"), None) == ["finish"]


@dataclass
class Cities:
    """The arguments of each answer without and with a stream, and what becomes of `tools.stream-equal`."""

    outcome: str
    sync: list[str]
    stream: list[str] = field(default_factory=list)


@pytest.mark.parametrize(
    "cities",
    [
        Cities("passed", ["Paris"], ["Paris"]),
        Cities("untestable", ["paris"], ["Paris, France"]),
        Cities("untestable", ["a"], ["b"]),
        Cities("failed", ["Paris"], ["Pris"]),
        Cities("failed", ["a"], ["paris"]),
        Cities("passed", ["Paris", "Paris, France"], ["Paris", "paris"]),
        Cities("untestable", ["Paris", "Paris, France"], ["paris", "paris"]),
        Cities("failed", ["a", "a"], ["b", "b"]),
        Cities("failed", ["Paris", "Paris, France"], ["Pris", "Pris, France"]),
    ],
    ids=str,
)
def test_only_differences_that_say_something_are_accused(cities: Cities) -> None:
    calls = [[call(arguments=json.dumps({"city": each})) for each in side] for side in (cities.sync, cities.stream)]
    record = Asked(1, tuple(map(body, calls[0])), tuple(map(streams_of, calls[1])))
    assert found("stream-equal", (record,)).outcome == cities.outcome


def test_a_stream_that_failed_is_not_compared() -> None:
    failed = streamed(delta(role="assistant"), {"error": {"message": "overloaded"}}, done=False)
    assert found("stream-equal", (Asked(1, (body(call()),), (failed,)),)).outcome == "untestable"


def test_one_mode_that_varies_is_excused() -> None:
    record = Asked(2, (body(*TWO), body(call())), (streams_of(call()), streams_of(call())))
    assert found("stream-equal", (record,)).outcome == "passed"


PROSE: dict[str, Any] = {"content": "It is sunny."}


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        ("passed", body(call("get_time"))),
        ("passed", body(call("get_time"), call("get_time", id_="b"))),
        ("failed", body(finish="stop", **PROSE)),
        ("failed", body(finish="stop", **PROSE, tool_calls=[])),
        ("untestable", body(finish="length", reasoning="Let me think")),
        ("untestable", body(finish="content_filter")),
        ("untestable", body(finish="stop", refusal="I will not.")),
        ("untestable", answered({"error": {"message": "not supported"}}, status=400)),
    ],
)
def test_a_call_that_must_be_made(outcome: str, answer: Exchange) -> None:
    assert found("required", answer).outcome == outcome
    assert found("named", Asked(1, (answer,))).outcome == outcome


@pytest.mark.parametrize("calls", [[call()], [call("get_time"), call("get_weather", id_="b")]])
def test_another_function_than_the_named_one(calls: list[Any]) -> None:
    assert found("named", Asked(1, (body(*calls),))).outcome == "failed"


@pytest.mark.parametrize(
    ("finish", "equal", "sync", "streaming"),
    [
        ("passed", "passed", "stop", "stop"),
        ("passed", "passed", "tool_calls", "tool_calls"),
        ("passed", "failed", "stop", "tool_calls"),
        ("failed", "untestable", "stop", "length"),
        ("failed", "untestable", "function_call", "stop"),
        ("passed", "untestable", "stop", None),
        ("passed", "untestable", "stop", "unheard of"),
    ],
)
def test_how_a_named_call_ends(finish: str, equal: str, sync: str, streaming: str | None) -> None:
    made = call("get_time")
    record = Asked(1, (body(made, finish=sync),), (streams_of(made, finish=streaming),))
    assert (found("named-finish", record).outcome, found("named-finish-equal", record).outcome) == (finish, equal)


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        ("passed", body(finish="stop", **PROSE)),
        ("passed", body(finish="stop", **PROSE, tool_calls=[])),
        ("passed", body(finish="stop", **PROSE, tool_calls=None, function_call=None)),
        ("passed", stream(finish="stop")),
        ("failed", body(call())),
        ("failed", body(finish="tool_calls", **PROSE)),
        ("failed", body(finish="stop", function_call={"name": "get_weather", "arguments": "{}"})),
        ("failed", body(finish="function_call", **PROSE)),
        ("failed", streams_of(call())),
        ("failed", streamed(delta(function_call={"name": "get_weather"}), delta("stop"))),
    ],
)
def test_a_call_that_is_forbidden(outcome: str, answer: Exchange) -> None:
    assert found("none", (answer,)).outcome == outcome


@pytest.mark.parametrize("nothing", [[], None])
def test_no_calls_may_be_said(nothing: Any) -> None:
    sync = body(finish="stop", **PROSE, tool_calls=nothing)
    assert found("call-shape", [sync]).outcome == "untestable"
    assert found("call-shape", [sync, body(call())]).outcome == "passed"
    said = streamed(delta(role="assistant", content="x", tool_calls=nothing), delta("stop"))
    assert found("delta-shape", [said]).outcome == "untestable"


def test_messages_say_what_came() -> None:
    first = {"index": 0, "id": None, "function": {"arguments": PARIS}}
    (broken,) = found("stream-first", (Asked(1, (), (stream(first),)),)).violations
    assert broken.message == "the first delta of a call has the id null, the name absent"
    (broken,) = found("stream-arguments", (Asked(1, (), (stream(FIRST[0] | {"function": {"name": "f"}}),)),)).violations
    assert broken.message == "no delta of the call of 'f' holds arguments"


def test_a_call_of_choice_0_alone_is_read() -> None:
    other = {"index": 1, "message": {"tool_calls": [call()]}}
    assert calls_of(answered({"choices": [other]})) == []
    assert calls_of(streamed(delta(index=1, tool_calls=FIRST[:1]))) == []


def test_the_turn_after_is_accepted_in_each_form() -> None:
    refused = answered({"error": {"message": "content is wanted"}}, status=400)
    assert found("result", (body(finish="stop", **PROSE), stream(finish="stop"))).outcome == "passed"
    (broken,) = found("result", (body(finish="stop", **PROSE), refused)).violations
    assert (broken.exchange, broken.message) == (refused, "answered with 400: content is wanted")
