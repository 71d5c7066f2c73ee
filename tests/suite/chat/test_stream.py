"""Requirements on streams and log probabilities: what a legal server may do is not broken, the bug beside it is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.probes.chat import Both, Repeated
from wirecheck.areas.chat.probes.logprobs import TOP
from wirecheck.evidence.exchange import Chunk, Exchange
from wirecheck.judging.requirement import requirements
from wirecheck.judging.verdict import judge

from tests.suite.answers import FAILED, PASSED, UNTESTABLE, graded, refused, says, streams, usage
from tests.suite.exchanges import answered, delta, head, streamed

THINKS = says(None, "length", reasoning_content="Hm.")


def _again(syncs: list[Exchange], *streams: Exchange) -> str:
    seen = Repeated(tuple(syncs), streams)
    outcome = graded("stream.same-text", seen)
    assert graded("ndjson.same-text", seen) == outcome
    return outcome


EXACT = [says(PHRASE), says(PHRASE)]
CHATTY = [says(f"Sure! {PHRASE}"), says(f"Sure! {PHRASE}")]
OTHER = [says("I cannot."), says("I cannot.")]


def test_a_stream_says_the_same() -> None:
    assert _again(EXACT, streams(PHRASE), streams(" ", PHRASE)) == PASSED
    assert _again(CHATTY, streams(f"Sure! {PHRASE}")) == PASSED


def test_what_a_stream_loses_or_adds_each_time() -> None:
    assert _again(EXACT, streams(PHRASE), streams(PHRASE[4:])) == FAILED
    assert _again(CHATTY, streams(PHRASE[4:])) == FAILED
    assert _again(EXACT, streams(PHRASE + "</s>"), streams(PHRASE + "</s>")) == FAILED
    assert _again(OTHER, *[streams("I can.")] * 3) == FAILED
    assert _again(OTHER, streams()) == FAILED
    assert _again(EXACT, streamed()) == FAILED


def test_a_stream_may_hold_back_half_of_a_character_that_a_limit_cut() -> None:
    assert _again([says("ab\ufffd", "length")] * 2, *[streams("a", "b", finish="length")] * 3) == PASSED
    assert _again([says("abc\ufffd", "length")] * 2, *[streams("a", "b", finish="length")] * 3) == FAILED
    assert _again([says("ab\ufffd")] * 2, *[streams("a", "b")] * 3) == FAILED, "nothing cut it"


def test_what_a_model_varies_by_itself() -> None:
    assert _again(CHATTY, streams(f"Of course! {PHRASE}"), streams(PHRASE)) == UNTESTABLE
    assert _again(OTHER, streams("I can."), streams("I can.")) == UNTESTABLE
    assert _again([says("a"), says("b")], *[streams("b")] * 3) == UNTESTABLE
    assert _again(OTHER, streams("I can."), streams("I can."), streams("I cannot.")) == UNTESTABLE


def test_what_cannot_be_compared() -> None:
    thinks = streamed(delta(role="assistant", reasoning_content="Hm."), delta("length"))
    assert _again(EXACT, thinks) == UNTESTABLE
    assert _again([THINKS, THINKS], streams("a")) == UNTESTABLE
    assert _again(EXACT, streams(finish="content_filter")) == UNTESTABLE
    assert _again(EXACT, streamed(delta(role="assistant", refusal="No."), delta("stop"))) == UNTESTABLE
    assert _again(EXACT, streams(PHRASE.replace("日", "\ufffd"))) == UNTESTABLE
    assert _again(EXACT, refused()) == UNTESTABLE
    assert _again(EXACT, streamed(delta(role="assistant"), '{"choices": [NaN]}', delta("stop"))) == UNTESTABLE


def _tokens(*texts: str, top: int = TOP, **fields: Any) -> dict[str, Any]:
    alternative = {"token": "x", "logprob": -1.0, "bytes": [120]}
    content = [
        {"token": text, "logprob": -0.5, "bytes": list(text.encode()), "top_logprobs": [alternative] * top} | fields
        for text in texts
    ]
    return {"content": content, "refusal": None}


def _told(text: str, logprobs: Any) -> Both:
    message = {"role": "assistant", "content": text}
    sync = answered({"choices": [{"index": 0, "message": message, "logprobs": logprobs, "finish_reason": "stop"}]})
    choice = {"index": 0, "delta": {"content": text}, "logprobs": logprobs, "finish_reason": None}
    return Both(sync, streamed(delta(role="assistant"), head(choices=[choice]), delta("stop")))


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        (_told("ab", _tokens("a", "b")), PASSED),
        (_told("ab", _tokens(" a", "b")), PASSED),
        (_told("ab", _tokens("a")), FAILED),
        (_told("日", _tokens("\ufffd", "\ufffd", bytes=None)), UNTESTABLE),
        (_told("", None), UNTESTABLE),
    ],
)
def test_tokens_join_to_the_text(seen: Both, outcome: str) -> None:
    assert graded("logprobs.text", seen) == outcome
    assert graded("logprobs.stream", seen) == outcome


def test_logprobs_that_are_not_given() -> None:
    assert graded("logprobs.given", _told("a", None)) == FAILED
    assert graded("logprobs.given", _told("", None)) == UNTESTABLE
    assert graded("logprobs.stream", _told("a", None)) == FAILED
    infinite = '{"choices": [{"index": 0, "delta": {"content": "a"}, "logprobs": {"content": [-Infinity]}}]}'
    seen = Both(says("a"), streamed(delta(role="assistant", content="b"), infinite, delta("stop")))
    assert graded("logprobs.stream", seen) == UNTESTABLE


def test_alternatives() -> None:
    few = _tokens("a", "b", "c")
    few["content"][0]["top_logprobs"].pop()
    few["content"][0]["top_logprobs"] = few["content"][0]["top_logprobs"][:1]
    assert graded("logprobs.top", _told("abc", few)) == PASSED
    assert graded("logprobs.top", _told("abc", _tokens("a", "b", "c", top=1))) == FAILED
    assert graded("logprobs.top", _told("abc", _tokens("a", "b", "c", top=TOP + 1))) == FAILED


def test_logarithms_in_both_modes() -> None:
    wrong, right = _told("a", _tokens("a", logprob=0.5)), _told("a", _tokens("a"))
    assert graded("logprobs.range", (right.sync, right.stream)) == PASSED
    assert graded("logprobs.range", (right.sync, wrong.stream)) == FAILED
    assert graded("logprobs.range", (wrong.sync, right.stream)) == FAILED
    assert graded("logprobs.range", (refused(), says("a"))) == UNTESTABLE


def _arriving(*times: float) -> Exchange:
    stream = streamed(*[delta(content="a")] * (len(times) - 1), delta("stop"))
    chunks = [Chunk(at, chunk.data) for at, chunk in zip([*times, times[-1]], stream.chunks, strict=True)]
    return replace(stream, chunks=tuple(chunks))


@pytest.mark.parametrize(
    ("times", "outcome"),
    [
        ([n / 20 for n in range(40)], PASSED),
        ([1 + n / 400 for n in range(60)], PASSED),
        ([0.01, *(1 + n / 400 for n in range(60))], PASSED),
        ([n / 1000 for n in range(60)], UNTESTABLE),
        ([1 + n / 10_000 for n in range(60)], FAILED),
        ([0.01, *(1 + n / 10_000 for n in range(60))], FAILED),
        ([0.01, 0.5], UNTESTABLE),
    ],
)
def test_events_come_as_they_are_produced(times: list[float], outcome: str) -> None:
    assert graded("stream.as-produced", _arriving(*times)) == outcome


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, PASSED),
        ({"role": "assistant", "content": ""}, PASSED),
        ({"content": None}, PASSED),
        ({"content": "a"}, FAILED),
        ({"tool_calls": [{"index": 0}]}, FAILED),
    ],
)
def test_the_last_delta_is_empty(fields: dict[str, Any], outcome: str) -> None:
    stream = streamed(delta(role="assistant"), delta("", content="a"), delta("stop", **fields))
    assert graded("stream.finish-alone", [stream]) == outcome


def _failed(*payloads: Any, done: bool = True, names: tuple[str, ...] = ()) -> set[str]:
    stream = [streamed(*payloads, done=done)]
    return {name for name in names if graded(name, stream) == FAILED}


ORDER = (
    *("stream.json", "stream.done", "stream.done-once", "stream.done-last", "stream.role-first"),
    *("stream.finish-once", "stream.finish-last", "stream.finish-alone", "stream.finish-given", "stream.chunk-shape"),
    *("finish.stream-reason", "stream.one-value", "stream.choice-index", "chat.whole-numbers"),
)
BEGIN, SAID, END = delta(role="assistant"), delta(content="a"), delta("stop")


@pytest.mark.parametrize(
    ("payloads", "done", "broken"),
    [
        ([BEGIN, SAID, END], True, set()),
        ([BEGIN, SAID, END, "[done]"], False, {"stream.done"}),
        ([BEGIN, SAID, END, " [DONE]"], False, {"stream.done"}),
        ([BEGIN, SAID, END, '"[DONE]"'], False, {"stream.done"}),
        ([BEGIN, "[done]", SAID, END], True, {"stream.json"}),
        ([BEGIN, delta("", content="a"), END], True, {"finish.stream-reason"}),
        ([BEGIN, delta("null", content="a"), END], True, {"finish.stream-reason"}),
        ([BEGIN, SAID, {"detail": "No."}], False, {"stream.chunk-shape"}),
        ([BEGIN, SAID], False, {"stream.done", "stream.finish-given"}),
        ([delta(role="assistant", index=None), delta(content="a", index=None)], True, {"stream.chunk-shape"}),
        ([BEGIN | {"created": 1.0}, SAID, END], True, {"chat.whole-numbers"}),
    ],
)
def test_one_slip_breaks_one_sentence(payloads: list[Any], done: bool, broken: set[str]) -> None:
    found = _failed(*payloads, done=done, names=ORDER)
    assert found - {"stream.finish-given"} == broken - {"stream.finish-given"}


def test_a_stream_without_empty_lines_breaks_one_sentence() -> None:
    stream = streams(*["word"] * 20)
    chunks = tuple(Chunk(each.at, each.data.replace(b"\n\n", b"\n")) for each in stream.chunks)
    broken = {name for name in ORDER if graded(name, [replace(stream, chunks=chunks)]) == FAILED}
    assert broken == {"stream.one-value"}


def test_usage_before_a_slip_of_the_pen_is_last() -> None:
    stream = streamed(BEGIN, SAID, END, head(usage=usage()), "[done]", done=False)
    assert graded("usage.stream-last", stream) == PASSED


def test_an_end_without_events_is_told_as_such() -> None:
    found = next(each for each in requirements() if each.id == "stream.done")
    (violation,) = judge(found, [replace(streamed(), chunks=())]).violations
    assert violation.message.endswith("it has no event")
