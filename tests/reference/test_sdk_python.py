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


def test_a_completion(sdk: openai.OpenAI) -> None:
    completion = sdk.completions.create(model="echo", prompt=f"Repeat exactly: {PHRASE}", max_tokens=64)
    assert (completion.choices[0].text, completion.choices[0].finish_reason) == (PHRASE, "stop")
    assert completion.object == "text_completion"
    assert completion.usage is not None


def test_completions_of_a_list(sdk: openai.OpenAI) -> None:
    completion = sdk.completions.create(model="echo", prompt=["one", "two"], n=2)
    assert [choice.text for choice in completion.choices] == ["one", "one", "two", "two"]
    tokens = sdk.completions.create(model="echo", prompt=[[104, 105], [104, 111]])
    assert [choice.text for choice in tokens.choices] == ["hi", "ho"]


def test_a_stream_of_completions(sdk: openai.OpenAI) -> None:
    *chunks, last = sdk.completions.create(
        model="echo", prompt=["one two", "three"], stream=True, stream_options={"include_usage": True}
    )
    texts = {0: "", 1: ""}
    for chunk in chunks:
        texts[chunk.choices[0].index] += chunk.choices[0].text
    assert texts == {0: "one two", 1: "three"}
    assert last.usage is not None
    assert last.choices == []


def test_a_completion_behind_its_prompt_with_log_probabilities(sdk: openai.OpenAI) -> None:
    choice = sdk.completions.create(model="echo", prompt="one two", echo=True, logprobs=2).choices[0]
    assert choice.text == "one twoone two"
    told = choice.logprobs
    assert told is not None
    assert "".join(told.tokens or ()) == choice.text
    assert told.text_offset == [0, 3, 7, 10]
    assert (told.token_logprobs or [0])[0] is None
    assert [len(each or ()) for each in told.top_logprobs or ()] == [0, 2, 2, 2]


def test_a_failed_stream_of_completions_is_raised(sdk: openai.OpenAI) -> None:
    stream = sdk.completions.create(model="echo-failing", prompt="one two three four five", stream=True)
    with pytest.raises(openai.APIError, match="The model failed"):
        list(stream)
    with pytest.raises(openai.NotFoundError):
        sdk.completions.create(model="nobody", prompt="one")


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
