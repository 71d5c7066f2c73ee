"""Completions without a stream: prompts in all forms, choices, echo, log probabilities, limits, refusals."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest
from wirecheck_contract.models import Completion

from tests.reference.chat.test_chat import NUMBERS, PHRASE
from tests.reference.child import Child


def test_an_answer_follows_the_contract(server: Child) -> None:
    answer = server.completion(f"Repeat exactly: {PHRASE}", max_tokens=64)
    completion = Completion.model_validate_json(answer.content)
    assert completion.id.startswith("cmpl-")
    assert completion.object == "text_completion"
    assert [choice.text for choice in completion.choices] == [PHRASE]
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens


@pytest.mark.parametrize(
    ("prompt", "said"),
    [
        ("hello", ["hello"]),
        ("", [""]),
        (None, [""]),
        (["one", "Repeat exactly: two"], ["one", "two"]),
        ([104, 105], ["hi"]),
        ([[104, 105], [0x1F98A]], ["hi", "🦊"]),
    ],
)
def test_prompts_come_in_all_forms(server: Child, prompt: Any, said: list[str]) -> None:
    assert server.texts(prompt) == said


def test_choices_stand_in_the_order_of_their_prompts(server: Child) -> None:
    assert server.texts(["one", "two", "three"], n=2) == ["one", "one", "two", "two", "three", "three"]


def test_a_text_has_sixteen_tokens_unless_it_is_told(server: Child) -> None:
    whole = " ".join([NUMBERS] * 3)
    usual = server.completion(whole).json()
    assert usual["usage"]["completion_tokens"] == 16
    assert usual["choices"][0]["finish_reason"] == "length"
    assert server.completion(whole, max_tokens=3).json()["usage"]["completion_tokens"] == 3
    assert server.texts(whole, max_tokens=512) == [whole]


def test_echo_puts_the_prompt_first(server: Child) -> None:
    assert server.texts("Repeat exactly: one", echo=True) == ["Repeat exactly: oneone"]
    alone = server.completion("Repeat exactly: one", echo=True, max_tokens=0).json()
    assert (alone["choices"][0]["text"], alone["usage"]["completion_tokens"]) == ("Repeat exactly: one", 0)


@pytest.mark.parametrize("echo", [False, True])
@pytest.mark.parametrize("most", [0, 1, 5])
def test_log_probabilities_are_lists_of_one_length(server: Child, echo: bool, most: int) -> None:
    choice = server.completion(f"Repeat exactly: {NUMBERS}", logprobs=most, echo=echo).json()["choices"][0]
    lists = choice["logprobs"]
    assert "".join(lists["tokens"]) == choice["text"]
    assert {len(each) for each in lists.values()} == {len(lists["tokens"])}
    assert lists["text_offset"][0] == 0
    steps = [after - before for before, after in pairwise(lists["text_offset"])]
    assert steps == [len(token) for token in lists["tokens"][:-1]]
    numbers = lists["token_logprobs"][1:] if echo else lists["token_logprobs"]
    assert all(math.isfinite(number) and number <= 0 for number in numbers)
    assert all(len(each) == max(most, 1) for each in lists["top_logprobs"] if each is not None)
    assert (lists["token_logprobs"][0] is None) is echo
    assert (lists["top_logprobs"][0] is None) is echo


def test_a_stop_string_ends_each_text(server: Child) -> None:
    choices = server.completion(["one two three", "two one"], stop=["two"]).json()["choices"]
    assert [(choice["text"], choice["finish_reason"]) for choice in choices] == [("one ", "stop"), ("", "stop")]


def test_an_insertion_ends_where_what_follows_begins(server: Child) -> None:
    plain, inserted = (server.completion("a b c d", **fields).json() for fields in ({}, {"suffix": " c d"}))
    assert inserted["choices"][0]["text"] == "a b"
    assert inserted["usage"]["prompt_tokens"] > plain["usage"]["prompt_tokens"]


def test_usage_counts_prompts_once_and_candidates_all(server: Child) -> None:
    one = server.completion("one two").json()["usage"]
    many = server.completion(["one two"] * 3, n=2).json()["usage"]
    best = server.completion("one two", n=2, best_of=5).json()["usage"]
    assert many["prompt_tokens"] == 3 * one["prompt_tokens"]
    assert many["completion_tokens"] == 6 * one["completion_tokens"]
    assert best["prompt_tokens"] == one["prompt_tokens"]
    assert best["completion_tokens"] == 5 * one["completion_tokens"]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("fields", "status", "code", "param"),
    [
        ({"model": "nobody"}, 404, "model_not_found", "model"),
        ({"model": "thinking"}, 400, "invalid_value", "model"),
        ({"prompt": []}, 422, "validation_error", "prompt"),
        ({"prompt": {}}, 422, "validation_error", "prompt"),
        ({"prompt": [[], [1]]}, 422, "validation_error", "prompt.0"),
        ({"prompt": ["one", None]}, 422, "validation_error", "prompt.1"),
        ({"prompt": [1, -1]}, 400, "invalid_value", "prompt.1"),
        ({"prompt": [[1], [0xD800]]}, 400, "invalid_value", "prompt.1.0"),
        ({"prompt": [2**80]}, 400, "invalid_value", "prompt.0"),
        ({"prompt": ["one", "word " * 9000]}, 400, "context_length_exceeded", "prompt.1"),
        ({"prompt": "word " * 200_000}, 400, "context_length_exceeded", "prompt"),
        ({"max_tokens": 9000}, 400, "context_length_exceeded", "max_tokens"),
        ({"max_tokens": 5000}, 400, "invalid_value", "max_tokens"),
        ({"n": 3, "best_of": 2}, 400, "invalid_value", "best_of"),
        ({"best_of": 0}, 400, "invalid_value", "best_of"),
        ({"prompt": ["one"] * 9, "n": 128}, 400, "invalid_value", "n"),
        ({"logprobs": 6}, 422, "validation_error", "logprobs"),
        ({"messages": []}, 422, "validation_error", "messages"),
    ],
)
def test_what_cannot_be_done_is_refused_before_the_first_byte(
    server: Child, fields: dict[str, Any], status: int, code: str, param: str, stream: bool
) -> None:
    answer = server.completion(**{"prompt": "hello", "stream": stream, **fields})
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["param"]) == (status, code, param)


def test_the_best_of_several_is_not_streamed(server: Child) -> None:
    assert server.completion(best_of=1, stream=True).status_code == 200
    answer = server.completion(best_of=2, stream=True)
    assert (answer.status_code, answer.json()["error"]["param"]) == (400, "best_of")


def test_a_failure_before_the_first_byte_is_an_error(server: Child) -> None:
    answer = server.completion(["one two three four five", "six"], model="echo-failing")
    assert (answer.status_code, answer.json()["error"]["code"]) == (502, "model_error")
