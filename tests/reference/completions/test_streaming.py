"""Streams of completions: the same texts, many at once, failures, and clients that leave."""

from __future__ import annotations

import json
from typing import Any

import httpx2
import pytest
from wirecheck_contract.models import CompletionChunk

from tests.reference.chat.test_chat import NUMBERS, PHRASE
from tests.reference.child import COMPLETIONS, Child, events_of, until


def events(server: Child, prompt: Any, **fields: Any) -> list[Any]:
    """The data of a good stream."""
    answer = server.completion(prompt, stream=True, **fields)
    assert answer.status_code == 200, answer.text
    return events_of(answer.text)


def test_a_stream_follows_the_contract(server: Child) -> None:
    *chunks, done = events(server, NUMBERS)
    assert done == "[DONE]"
    for chunk in chunks:
        CompletionChunk.model_validate_json(json.dumps(chunk))
        assert "usage" not in chunk
    assert len({(chunk["id"], chunk["model"], chunk["created"]) for chunk in chunks}) == 1
    reasons = [chunk["choices"][0]["finish_reason"] for chunk in chunks]
    assert reasons == [None] * (len(chunks) - 1) + ["length"]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"max_tokens": 0, "echo": True},
        {"stop": ["日本"], "max_tokens": 64},
        {"n": 3},
        {"logprobs": 2},
        {"logprobs": 1, "echo": True, "n": 2},
        {"suffix": " 144."},
    ],
)
@pytest.mark.parametrize("prompt", [PHRASE, [PHRASE, NUMBERS, "hi"], [[104, 105], [33]]])
def test_a_stream_is_the_same_answer(server: Child, prompt: Any, fields: dict[str, Any]) -> None:
    whole = server.completion(prompt, **fields).json()
    *chunks, counted, _ = events(server, prompt, stream_options={"include_usage": True}, **fields)
    assert counted["choices"] == []
    assert counted["usage"] == whole["usage"]
    assert all(chunk["usage"] is None for chunk in chunks)
    for choice in whole["choices"]:
        mine = [each for chunk in chunks for each in chunk["choices"] if each["index"] == choice["index"]]
        assert "".join(each["text"] for each in mine) == choice["text"]
        assert [each["finish_reason"] for each in mine if each["finish_reason"]] == [choice["finish_reason"]]
        for name in choice["logprobs"] or ():
            parts = [part for each in mine if each["logprobs"] for part in each["logprobs"][name]]
            assert parts == choice["logprobs"][name]


def test_the_texts_of_a_list_come_together(server: Child) -> None:
    *chunks, _ = events(server, [NUMBERS, NUMBERS], max_tokens=12, model="echo-slow")
    order = [chunk["choices"][0]["index"] for chunk in chunks]
    assert order[:2] in ([0, 1], [1, 0])
    assert sorted(order[: len(order) // 2]) != [0] * (len(order) // 2)


def test_a_failure_on_the_way_is_the_last_event(server: Child) -> None:
    *chunks, last = events(server, [NUMBERS, PHRASE], model="echo-failing")
    assert chunks
    assert last["error"]["code"] == "model_error"
    until(lambda: server.active() == 0)


@pytest.mark.parametrize("stream", [True, False])
def test_a_client_that_leaves_stops_the_work(server: Child, stream: bool) -> None:
    body = {"model": "echo-slow", "prompt": ["word " * 2000] * 3, "max_tokens": 2000, "stream": stream}
    with httpx2.Client(base_url=server.url) as leaving:
        if stream:
            with leaving.stream("POST", COMPLETIONS, json=body) as answer:
                next(answer.iter_raw())
                assert server.active() == 1
        else:
            with pytest.raises(httpx2.ReadTimeout):
                leaving.post(COMPLETIONS, json=body, timeout=0.3)
    until(lambda: server.active() == 0)
