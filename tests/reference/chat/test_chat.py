"""Chat without a stream: what the echo says, and when it ends."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from wirecheck_contract.models import ChatCompletion

from tests.reference.child import CHAT, Child

PHRASE = "The fox naïve, 日本語 and 🦊 said: 12 x 12 = 144."
NUMBERS = "one two three four five six seven eight nine ten eleven twelve"


def test_an_answer_follows_the_contract(server: Child) -> None:
    answer = server.chat(f"Repeat exactly: {PHRASE}")
    completion = ChatCompletion.model_validate_json(answer.content)
    assert completion.choices[0].message.content == PHRASE
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("hello", "hello"),
        ("Repeat exactly: hello", "hello"),
        ("repeat EXACTLY:\n  hello  \n", "hello"),
        ("  padded  ", "padded"),
        ("Please Repeat exactly: no", "Please Repeat exactly: no"),
        ("", ""),
    ],
)
def test_the_echo_repeats(server: Child, prompt: str, said: str) -> None:
    assert server.said(prompt)["message"]["content"] == said


def test_the_last_user_message_counts(server: Child) -> None:
    messages = [
        {"role": "developer", "content": "Be brief."},
        {"role": "user", "content": "first"},
        {"role": "assistant", "content": "second", "refusal": None, "annotations": []},
        {"role": "user", "content": "third"},
        {"role": "system", "content": "Be kind."},
    ]
    assert server.said(messages=messages)["message"]["content"] == "third"


def test_text_parts_are_the_text_that_they_make(server: Child) -> None:
    parts = [{"type": "text", "text": "hello "}, {"type": "text", "text": "world"}]
    one, other = (server.chat(messages=[{"role": "user", "content": each}]).json() for each in (parts, "hello world"))
    assert one["choices"] == other["choices"]
    assert one["usage"] == other["usage"]


@pytest.mark.parametrize("field", ["max_tokens", "max_completion_tokens"])
def test_a_limit_cuts(server: Child, field: str) -> None:
    limit: dict[str, Any] = {field: 5}
    answer = server.chat(NUMBERS, **limit).json()
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["usage"]["completion_tokens"] == 5
    assert NUMBERS.startswith(answer["choices"][0]["message"]["content"])


def test_the_smaller_limit_holds(server: Child) -> None:
    for one, other in itertools.permutations((3, 9)):
        answer = server.chat(NUMBERS, max_tokens=one, max_completion_tokens=other).json()
        assert answer["usage"]["completion_tokens"] == 3


@pytest.mark.parametrize("stop", ["ta gam", ["nowhere", "ta gam"], ["gamma", "ta"]])
def test_a_stop_string_ends_right_before_it(server: Child, stop: Any) -> None:
    choice = server.said("alpha beta gamma delta", stop=stop)
    assert (choice["message"]["content"], choice["finish_reason"]) == ("alpha be", "stop")


def test_several_choices(server: Child) -> None:
    answer = server.chat("yes", n=3).json()
    assert [choice["index"] for choice in answer["choices"]] == [0, 1, 2]
    assert {choice["message"]["content"] for choice in answer["choices"]} == {"yes"}
    assert answer["usage"]["completion_tokens"] == 3 * server.chat("yes").json()["usage"]["completion_tokens"]


def test_whole_numbers_may_be_written_with_a_fraction(server: Child) -> None:
    assert len(server.chat("yes", n=2.0, max_tokens=5.0).json()["choices"]) == 2


def test_the_same_request_has_the_same_answer(server: Child) -> None:
    one, other = (server.chat(PHRASE, seed=7, temperature=1.5).json() for _ in range(2))
    assert one["choices"] == other["choices"]
    assert one["system_fingerprint"] == other["system_fingerprint"] is not None
    assert one["id"] != other["id"]


@pytest.mark.parametrize("top", [None, 0, 3, 20])
def test_logprobs(server: Child, top: int | None) -> None:
    fields: dict[str, Any] = {} if top is None else {"top_logprobs": top}
    choice = server.said(PHRASE, logprobs=True, **fields)
    tokens = choice["logprobs"]["content"]
    assert "".join(token["token"] for token in tokens) == PHRASE
    for token in tokens:
        assert bytes(token["bytes"]).decode() == token["token"]
        alternatives = token["top_logprobs"]
        assert len({each["token"] for each in alternatives}) == len(alternatives) == (top or 0)
        assert all(-9999 <= each["logprob"] <= 0 for each in [token, *alternatives])


def test_no_logprobs_unless_asked_for(server: Child) -> None:
    assert server.said("hello")["logprobs"] is None


def test_a_model_that_fails_is_502(server: Child) -> None:
    answer = server.chat("one two three four", model="echo-failing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "model_error")


def test_every_documented_field_is_taken(server: Child) -> None:
    fields: dict[str, Any] = {
        "top_p": 1, "n": 1, "presence_penalty": 0, "frequency_penalty": 0.5, "logit_bias": {}, "user": "u",
        "store": False, "metadata": {"a": "b"}, "stream": False, "response_format": {"type": "text"}, "stop": None,
        "service_tier": "auto", "reasoning_effort": "low", "verbosity": "low", "parallel_tool_calls": True,
        "safety_identifier": "s", "prompt_cache_key": "k", "modalities": ["text"], "seed": None, "audio": None,
        "prediction": {"type": "content", "content": "hello"}, "web_search_options": {},
    }  # fmt: skip
    assert server.said("hello", **fields)["message"]["content"] == "hello"


def test_unknown_request_bodies_do_not_reach_other_routes(server: Child) -> None:
    assert server.client.post(CHAT + "?verbose=1", json={"model": "echo", "messages": []}).status_code == 422
