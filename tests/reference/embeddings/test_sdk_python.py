"""The official Python SDK embeds unchanged: in base64, which it asks for unless told otherwise, and in numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import openai
import pytest

from tests.reference.child import Child

MODEL = "hash-embed"
TEXTS = ["The cat sleeps on the sofa.", "Interest rates rose in March.", "A cat slept on a sofa."]


@pytest.fixture(scope="module")
def sdk(guarded: Child) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{guarded.url}/v1", api_key="right", max_retries=0) as client:
        yield client


def found(answer: Any) -> list[list[float]]:
    return [each.embedding for each in answer.data]


def test_both_encodings_are_the_same_numbers(sdk: openai.OpenAI) -> None:
    packed = sdk.embeddings.create(model=MODEL, input=TEXTS)
    floats = sdk.embeddings.create(model=MODEL, input=TEXTS, encoding_format="float")
    raw = sdk.embeddings.create(model=MODEL, input=TEXTS, encoding_format="base64")
    assert found(packed) == found(floats)
    assert all(isinstance(each, str) for each in found(raw))
    assert (packed.object, packed.model, [each.index for each in packed.data]) == ("list", MODEL, [0, 1, 2])
    assert packed.usage.prompt_tokens == packed.usage.total_tokens > 0


def test_it_is_good_enough_to_search_with(sdk: openai.OpenAI) -> None:
    cat, rates, other_cat = found(sdk.embeddings.create(model=MODEL, input=TEXTS))

    def near(one: list[float], other: list[float]) -> float:
        return sum(a * b for a, b in zip(one, other, strict=True))

    assert near(cat, other_cat) > near(cat, rates)


def test_tokens_and_dimensions(sdk: openai.OpenAI) -> None:
    answer = sdk.embeddings.create(model=MODEL, input=[[1, 2, 3], [4, 5]], dimensions=32, user="somebody")
    assert [len(each) for each in found(answer)] == [32, 32]
    assert len(found(sdk.embeddings.create(model=MODEL, input=[1, 2, 3]))) == 1


def test_errors_become_exceptions(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as unknown:
        sdk.embeddings.create(model="nobody", input="hello")
    assert (unknown.value.code, unknown.value.param) == ("model_not_found", "model")
    with pytest.raises(openai.BadRequestError) as full:
        sdk.embeddings.create(model=MODEL, input="word " * 9000)
    assert full.value.code == "context_length_exceeded"
    with pytest.raises(openai.BadRequestError):
        sdk.embeddings.create(model="echo", input="hello")
    with pytest.raises(openai.UnprocessableEntityError):
        sdk.embeddings.create(model=MODEL, input="")


def test_many_at_once_do_not_mix(sdk: openai.OpenAI, guarded: Child) -> None:
    texts = [f"number {number} of the list" for number in range(16)]

    async def many() -> list[list[float]]:
        async with openai.AsyncOpenAI(base_url=f"{guarded.url}/v1", api_key="right") as client:
            answers = await asyncio.gather(*(client.embeddings.create(model=MODEL, input=text) for text in texts))
            return [found(each)[0] for each in answers]

    assert asyncio.run(many()) == found(sdk.embeddings.create(model=MODEL, input=texts))
