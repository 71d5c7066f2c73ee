"""Streams: framing, order, usage, NDJSON, failures, and clients that leave."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from wirecheck_contract.models import ChatCompletionChunk

from tests.reference.chat.test_chat import NUMBERS, PHRASE
from tests.reference.child import CHAT, Child, until


def text_of(events: list[Any], choice: int = 0) -> str:
    """The joined deltas of a choice."""
    choices = [each for event in events if event != "[DONE]" for each in event["choices"] if each["index"] == choice]
    return "".join(each["delta"].get("content") or "" for each in choices)


def test_a_stream_follows_the_contract(server: Child) -> None:
    *chunks, done = server.events(PHRASE)
    assert done == "[DONE]"
    for chunk in chunks:
        ChatCompletionChunk.model_validate_json(json.dumps(chunk))
        assert "usage" not in chunk
    assert len({(chunk["id"], chunk["model"], chunk["created"]) for chunk in chunks}) == 1
    assert chunks[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert chunks[-1]["choices"][0]["delta"] == {}
    reasons = [chunk["choices"][0]["finish_reason"] for chunk in chunks]
    assert reasons == [None] * (len(chunks) - 1) + ["stop"]


def test_headers_of_a_stream(server: Child) -> None:
    headers = server.chat(stream=True, headers={"accept": "application/json"}).headers
    assert headers["content-type"] == "text/event-stream; charset=utf-8"
    assert headers["cache-control"] == "no-cache"
    assert headers["x-accel-buffering"] == "no"


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"max_tokens": 4},
        {"stop": ["日本"]},
        {"n": 3},
        {"model": "wirecheck/echo"},
        {"logprobs": True, "top_logprobs": 2},
    ],
)
def test_a_stream_is_the_same_answer(server: Child, fields: dict[str, Any]) -> None:
    whole = server.chat(PHRASE, **fields).json()
    *chunks, counted, _ = server.events(PHRASE, stream_options={"include_usage": True}, **fields)
    assert counted["choices"] == []
    assert counted["usage"] == whole["usage"]
    assert all(chunk["usage"] is None for chunk in chunks)
    for choice in whole["choices"]:
        mine = [each for chunk in chunks for each in chunk["choices"] if each["index"] == choice["index"]]
        assert text_of(chunks, choice["index"]) == choice["message"]["content"]
        assert [each["finish_reason"] for each in mine if each["finish_reason"]] == [choice["finish_reason"]]
        tokens = [token for each in mine if each["logprobs"] for token in each["logprobs"]["content"]]
        assert tokens == (choice["logprobs"] or {"content": []})["content"]


def test_choices_come_in_turn(server: Child) -> None:
    *chunks, _ = server.events(NUMBERS, n=2)
    assert [chunk["choices"][0]["index"] for chunk in chunks] == [0, 1] * (len(chunks) // 2)


def test_a_long_text_comes_in_many_chunks(server: Child) -> None:
    text = ", ".join(map(str, range(1, 201)))
    events = server.events(f"Repeat exactly: {text}")
    assert len(events) > 200
    assert text_of(events) == text


def test_ndjson_is_lines_without_an_end_mark(server: Child) -> None:
    answer = server.chat(PHRASE, stream=True, headers={"accept": "application/x-ndjson"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    assert answer.text.endswith("\n")
    assert text_of([json.loads(line) for line in answer.text.splitlines()]) == PHRASE


def test_ndjson_is_for_streams(server: Child) -> None:
    answer = server.chat(headers={"accept": "application/x-ndjson"})
    assert answer.headers["content-type"] == "application/json"


def test_a_failure_on_the_way_is_the_last_event(server: Child) -> None:
    *chunks, last = server.events("one two three four", model="echo-failing")
    assert chunks
    assert last["error"]["code"] == "model_error"


def test_a_slow_model_sends_as_it_speaks(server: Child) -> None:
    body = {"model": "echo-slow", "messages": [{"role": "user", "content": NUMBERS}], "stream": True}
    with server.client.stream("POST", CHAT, json=body) as answer:
        pieces = list(answer.iter_raw())
    assert len(pieces) > 10


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_leaves_stops_the_work(server: Child, stream: bool) -> None:
    body = {"model": "echo-slow", "messages": [{"role": "user", "content": "word " * 2000}], "stream": stream}
    with httpx2.Client(base_url=server.url) as leaving:
        if stream:
            with leaving.stream("POST", CHAT, json=body) as answer:
                next(answer.iter_raw())
                assert server.active() == 1
        else:
            with pytest.raises(httpx2.ReadTimeout):
                leaving.post(CHAT, json=body, timeout=0.3)
    until(lambda: server.active() == 0)
