"""The official Python SDK works unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import openai
import pydantic
import pytest

from tests.reference.chat.test_chat import PHRASE
from tests.reference.chat.test_tools import BOTH, TOOLS
from tests.reference.child import Child

PROMPT: Any = [{"role": "user", "content": f"Repeat exactly: {PHRASE}"}]

OFFERED: Any = TOOLS


@pytest.fixture(scope="module")
def sdk(guarded: Child) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{guarded.url}/v1", api_key="right", max_retries=0) as client:
        yield client


def test_chat(sdk: openai.OpenAI) -> None:
    completion = sdk.chat.completions.create(model="echo", messages=PROMPT)
    assert completion.choices[0].message.content == PHRASE
    assert completion.usage is not None
    assert completion._request_id is not None


def test_a_stream(sdk: openai.OpenAI) -> None:
    stream = sdk.chat.completions.create(
        model="echo", messages=PROMPT, stream=True, stream_options={"include_usage": True}
    )
    *chunks, last = stream
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == PHRASE
    assert last.usage is not None
    assert last.usage.total_tokens > 0


def test_the_accumulator_of_streams(sdk: openai.OpenAI) -> None:
    with sdk.chat.completions.stream(
        model="echo", messages=[{"role": "user", "content": BOTH}], tools=OFFERED
    ) as stream:
        kinds = {event.type for event in stream}
        message = stream.get_final_completion().choices[0].message
    assert "tool_calls.function.arguments.delta" in kinds
    assert [call.function.name for call in message.tool_calls or ()] == ["get_time", "get_weather"]


def test_calls_and_the_turn_after(sdk: openai.OpenAI) -> None:
    messages: list[Any] = [{"role": "user", "content": BOTH}]
    first = sdk.chat.completions.create(model="echo", messages=messages, tools=OFFERED).choices[0].message
    messages.append(first)
    messages += [{"role": "tool", "tool_call_id": call.id, "content": "Noon."} for call in first.tool_calls or ()]
    assert sdk.chat.completions.create(model="echo", messages=messages).choices[0].message.content == "Noon."


class Person(pydantic.BaseModel):
    """What the model is to answer with."""

    name: str
    age: int
    friends: list[Person]


def test_structured_output(sdk: openai.OpenAI) -> None:
    completion = sdk.chat.completions.parse(model="echo", messages=PROMPT, response_format=Person)
    person = completion.choices[0].message.parsed
    assert person == Person(name="", age=0, friends=[])


def test_models(sdk: openai.OpenAI) -> None:
    assert [model.id for model in sdk.models.list()][:1] == ["echo"]
    assert sdk.models.retrieve("wirecheck/echo").id == "wirecheck/echo"


def test_errors_become_exceptions(sdk: openai.OpenAI) -> None:
    with pytest.raises(openai.NotFoundError) as unknown:
        sdk.chat.completions.create(model="nobody", messages=PROMPT)
    assert (unknown.value.code, unknown.value.param) == ("model_not_found", "model")
    with pytest.raises(openai.AuthenticationError):
        sdk.with_options(api_key="wrong").models.list()
    with pytest.raises(openai.UnprocessableEntityError):
        sdk.chat.completions.create(model="echo", messages=PROMPT, temperature=3)
    with pytest.raises(openai.BadRequestError) as full:
        sdk.chat.completions.create(model="echo", messages=PROMPT, max_tokens=10**6)
    assert full.value.code == "context_length_exceeded"


def test_a_failure_on_the_way_is_raised(sdk: openai.OpenAI) -> None:
    stream = sdk.chat.completions.create(model="echo-failing", messages=PROMPT, stream=True)
    with pytest.raises(openai.APIError, match="The model failed"):
        list(stream)


async def many(guarded: Child) -> list[str | None]:
    async with openai.AsyncOpenAI(base_url=f"{guarded.url}/v1", api_key="right") as client:
        asked = [
            client.chat.completions.create(model="echo", messages=[{"role": "user", "content": f"number {number}"}])
            for number in range(16)
        ]
        return [completion.choices[0].message.content for completion in await asyncio.gather(*asked)]


def test_many_at_once_do_not_mix(guarded: Child) -> None:
    assert asyncio.run(many(guarded)) == [f"number {number}" for number in range(16)]
