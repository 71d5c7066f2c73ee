"""A chat answer as a client ends up with it: read from one body, joined from a stream, and never stumbling."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from wirecheck.areas.chat.reading import Completion, read
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen

from tests.suite import chaos
from tests.suite.exchanges import answered, delta, head, streamed

USAGE = {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}


def _body(**message: Any) -> Exchange:
    return answered({"choices": [{"index": 0, "message": message, "finish_reason": "stop"}], "usage": USAGE})


def test_a_body_is_read() -> None:
    found = read(_body(role="assistant", content="hello", refusal=None))
    assert (found.first.text, found.first.refusal, found.first.finish, found.first.calls) == (
        "hello",
        "",
        "stop",
        False,
    )
    assert found.count("total_tokens") == 5


def test_an_index_may_be_written_as_a_fraction() -> None:
    found = read(answered({"choices": [{"index": 1.0, "message": {"content": "b"}}]}))
    assert [(type(index), choice.text) for index, choice in found.choices.items()] == [(int, "b")]
    assert sorted(read(streamed(delta(content="a", index=1.0))).choices) == [1]


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_thoughts_are_told_from_text(name: str) -> None:
    for found in (
        read(_body(content=None, **{name: "Hm."})),
        read(streamed(delta(**{name: "H"}), delta(**{name: "m."}))),
    ):
        assert (found.first.text, found.first.reasoning, found.thought) == ("", "Hm.", True)
    assert not read(_body(content="a")).thought
    details = {"completion_tokens_details": {"reasoning_tokens": 4}}
    assert read(answered({"choices": [{"message": {"content": "a"}}], "usage": USAGE | details})).thought


def test_a_stream_is_joined() -> None:
    token = {"token": "a", "logprob": -1}
    last = {"index": 0, "delta": {}, "finish_reason": "stop", "logprobs": {"content": [token, 5]}}
    stream = streamed(
        delta(role="assistant", content=""),
        delta(content="hel"),
        delta(content="B", index=1),
        delta(content="lo", refusal="no"),
        delta("length", index=1),
        head(choices=[last]),
        head(usage=USAGE),
    )
    found = read(stream)
    assert sorted(found.choices) == [0, 1]
    assert (found.first.text, found.first.refusal, found.first.finishes) == ("hello", "no", ["stop"])
    assert (found.choices[1].text, found.choices[1].finish) == ("B", "length")
    assert found.first.logprobs == [token]
    assert found.usage == USAGE


def test_ndjson_is_joined_as_events_are() -> None:
    body = b'{"choices": [{"index": 0, "delta": {"content": "a"}}]}\n{"choices": [{"delta": {"content": "b"}}]}\n'
    assert read(answered(body=body, kind="application/x-ndjson")).first.text == "ab"


def test_the_label_decides_how_an_answer_is_read() -> None:
    stream = streamed(delta(content="a"))
    with pytest.raises(Unseen, match="no choice came"):
        read(answered(body=stream.body))


@pytest.mark.parametrize("status", [None, 204, 400, 500])
def test_what_is_no_200_is_no_completion(status: int | None) -> None:
    with pytest.raises(Unseen, match="no completion came"):
        read(answered({"choices": [{"message": {"content": "a"}}]}, status=status))


def test_choice_0_may_be_missing() -> None:
    with pytest.raises(Unseen, match="index 0"):
        _ = read(streamed(delta(content="a", index=3))).first


def test_that_there_are_calls_is_told() -> None:
    assert read(_body(content=None, tool_calls=[{"id": "1", "function": {"name": "f", "arguments": "{}"}}])).first.calls
    assert read(streamed(delta(content="a"), delta(tool_calls=[{"index": 0}]))).first.calls
    assert not read(_body(content="a", tool_calls=[])).first.calls


@pytest.mark.parametrize(
    ("usage", "count"),
    [
        ({"total_tokens": 5}, 5),
        ({"total_tokens": True}, None),
        ({"total_tokens": 5.0}, 5),
        ({"total_tokens": 5.5}, None),
        ({"total_tokens": 10**30}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_count_is_a_whole_number(usage: dict[str, Any] | None, count: int | None) -> None:
    assert Completion(usage=usage).count("total_tokens") == count


@pytest.mark.parametrize("wrong", chaos.LEAVES, ids=repr)
def test_wrong_types_are_as_good_as_absent(wrong: Any) -> None:
    for broken in (
        answered({"choices": [{"index": wrong, "message": wrong, "finish_reason": wrong, "logprobs": wrong}]}),
        answered({"choices": wrong, "usage": wrong}),
        answered({"choices": [wrong, {"message": {"content": wrong, "refusal": wrong, "tool_calls": wrong}}]}),
        answered({"choices": [{"message": {"tool_calls": [wrong, {"function": wrong, "id": wrong}]}}]}),
        streamed(
            chaos.encoded(wrong),
            head(choices=wrong, usage=wrong),
            head(choices=[wrong]),
            delta(wrong, wrong, content=wrong),
        ),
        streamed(delta(tool_calls=wrong), delta(tool_calls=[wrong, {"index": wrong, "id": wrong, "function": wrong}])),
        streamed(delta(tool_calls=[{"function": {"name": wrong, "arguments": wrong}, "custom": wrong}])),
    ):
        _survives(broken)


def test_nonsense_is_read_or_unseen() -> None:
    random = Random(815)  # noqa: S311 - nonsense that can be repeated, nothing secret
    outcomes = {_survives(chaos.exchange(random)) for _ in range(1000)}
    assert outcomes == {True, False}


def _survives(exchange: Exchange) -> bool:
    """Whether the exchange could be read; what was read has the types that are promised."""
    try:
        found = read(exchange)
    except Unseen:
        return False
    for index, choice in found.choices.items():
        assert isinstance(index, int)
        assert all(isinstance(text, str) for text in (choice.text, choice.refusal))
        assert isinstance(choice.calls, bool)
        assert all(isinstance(token, dict) for token in choice.logprobs)
        assert choice.finish is None or choice.finishes
    assert found.usage is None or isinstance(found.usage, dict)
    return True
