"""The built-in embedding engine: near what is alike, the same each time, within its window."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Sequence
from typing import Any

import pytest
from wirecheck_reference.engines.hashing.engine import TOGETHER, WINDOW, HashingEngine
from wirecheck_reference.engines.hashing.vectors import LENGTH, of_text, of_tokens, shortened
from wirecheck_reference.errors import ApiError

from tests.reference.engines.pairs import PAIRS


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / math.hypot(*one) / math.hypot(*other)


def vector(text: str, length: int = LENGTH) -> Sequence[float]:
    return shortened(of_text(text), length)


def embed(*inputs: Any, dimensions: int | None = None) -> Any:
    engine = HashingEngine()
    return asyncio.run(engine.embed(inputs, dimensions, engine.models[0]))


@pytest.mark.parametrize(("length", "first", "nearer"), [(LENGTH, 48, 50), (64, 25, 45)])
def test_related_texts_are_nearer_than_unrelated_ones(length: int, first: int, nearer: int) -> None:
    """`first`: so many find what belongs to them before all others; `nearer`: nearer than the others on average."""
    assert len(PAIRS) == 50
    documents = [vector(document, length) for _, document in PAIRS]
    hits = above = 0
    for place, (question, _) in enumerate(PAIRS):
        near = [cosine(vector(question, length), document) for document in documents]
        others = near[:place] + near[place + 1 :]
        hits += near[place] > max(others)
        above += near[place] > sum(others) / len(others)
    assert hits >= first
    assert above >= nearer


def test_the_same_text_has_the_same_vector_and_no_other_text_has_it() -> None:
    assert vector("the dog bites the man") == vector("the dog bites the man")
    near = cosine(vector("the dog bites the man"), vector("the man bites the dog"))
    assert 0.7 < near < 0.9999


@pytest.mark.parametrize("text", ["a", " ", "\n", "...", "!", "日", "🦊", "\x01", "0" * 9000, "naïve", "ß", "İ"])
@pytest.mark.parametrize("length", [1, 2, 3, 255, 256])
def test_every_text_has_a_vector_of_length_one(text: str, length: int) -> None:
    found = vector(text, length)
    assert len(found) == length
    assert all(found)
    assert math.hypot(*found) == pytest.approx(1, abs=1e-6)


def test_tokens_are_told_apart_and_near_where_they_share() -> None:
    one, like, unlike = (of_tokens(each) for each in ([1, 2, 3, 4], [1, 2, 3, 5], [6, 7, 8, 9]))
    assert cosine(one, like) > 0.5 > cosine(one, unlike)
    assert of_tokens([1, 2, 3]) == of_tokens([1, 2, 3])


def test_counts() -> None:
    assert embed("hello").prompt_tokens == 2
    assert embed("hello", "hello").prompt_tokens == 4
    assert embed([1, 2, 3], [4.0]).prompt_tokens == 4
    assert embed([1, 2]).vectors == embed([1.0, 2.0]).vectors


@pytest.mark.parametrize(
    ("inputs", "param", "used", "most"),
    [
        (["a " * (WINDOW + 1)], "input", None, WINDOW),
        ([[1] * (WINDOW + 1)], "input", WINDOW + 1, WINDOW),
        (["a", "b " * (WINDOW + 1)], "input.1", None, WINDOW),
        ([[1] * WINDOW] * 37, "input", 37 * WINDOW, TOGETHER),
    ],
)
def test_what_is_longer_than_the_window_is_refused(inputs: Any, param: str, used: int | None, most: int) -> None:
    with pytest.raises(ApiError) as refused:
        embed(*inputs)
    error = refused.value
    assert (error.status, error.code, error.param) == (400, "context_length_exceeded", param)
    assert error.details is not None
    assert error.details["max_tokens"] == most < error.details["tokens_used"]
    assert used is None or error.details["tokens_used"] == used


def test_more_dimensions_than_there_are_cannot_be_had() -> None:
    with pytest.raises(ApiError) as refused:
        embed("a", dimensions=LENGTH + 1)
    assert (refused.value.status, refused.value.param) == (400, "dimensions")


def test_the_longest_input_takes_no_time_worth_the_name() -> None:
    words = " ".join(f"w{number}" for number in range(WINDOW // 2))
    begun = time.process_time()
    embed(words)
    assert time.process_time() - begun < 1


def test_others_get_their_turn_between_two_inputs() -> None:
    async def turns() -> int:
        engine, count = HashingEngine(), 0

        async def other() -> None:
            nonlocal count
            while True:
                count += 1
                await asyncio.sleep(0)

        task = asyncio.create_task(other())
        await engine.embed(["a", "b", "c"], None, engine.models[0])
        task.cancel()
        return count

    assert asyncio.run(turns()) >= 3
