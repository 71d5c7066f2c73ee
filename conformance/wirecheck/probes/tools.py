"""Tools: required, named, forbidden, two at once, the turn after, a broken history."""

from __future__ import annotations

from typing import Any, Final

from wirecheck.exchange import Exchange, Intent
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import STEADY, accepts, chat, repeat
from wirecheck.probes.chat import Both


def _function(name: str, description: str, argument: str) -> dict[str, Any]:
    schema = {
        "type": "object",
        "properties": {argument: {"type": "string", "minLength": 1}},
        "required": [argument],
        "additionalProperties": False,
    }
    return {"type": "function", "function": {"name": name, "description": description, "parameters": schema}}


WEATHER: Final = _function("get_weather", "The weather in a city", "city")
CLOCK: Final = _function("get_time", "The local time in a city", "city")
OFFERED: Final = {tool["function"]["name"]: tool["function"]["parameters"] for tool in (WEATHER, CLOCK)}
STEADY_CALL: Final = {**STEADY, "max_tokens": 128}

ONE = "Call get_weather for Paris."
TWO = "Call get_weather for Paris and call get_time for Paris, both at once."
ANSWER = "It is 21 degrees in Paris."


async def _both(asker: Asker, prompt: str, tools: list[Any], choice: Any) -> Both:
    fields = {**STEADY_CALL, "tools": tools, "tool_choice": choice}
    return Both(await chat(asker, prompt, **fields), await chat(asker, prompt, **fields, stream=True))


@probe
async def required(asker: Asker) -> Both:
    """A call that must be made, of the one function on offer."""
    return await _both(asker, ONE, [WEATHER], "required")


@probe
async def unrelated(asker: Asker) -> Exchange:
    """A call that must be made though the prompt asks for none."""
    return await chat(asker, repeat("hello"), **STEADY_CALL, tools=[WEATHER], tool_choice="required")


@probe
async def named(asker: Asker) -> Exchange:
    """A call of a named function, of two on offer."""
    choice = {"type": "function", "function": {"name": "get_time"}}
    return await chat(asker, ONE, **STEADY_CALL, tools=[WEATHER, CLOCK], tool_choice=choice)


@probe
async def forbidden(asker: Asker) -> Exchange:
    """No call may be made, though the prompt asks for one."""
    return await chat(asker, ONE, **STEADY_CALL, tools=[WEATHER], tool_choice="none")


@probe
async def two(asker: Asker) -> Both:
    """Two calls in one answer, if the model wants."""
    return await _both(asker, TWO, [WEATHER, CLOCK], "auto")


def _history(arguments: str) -> list[dict[str, Any]]:
    call = {"id": "call_1", "type": "function", "function": {"name": "get_weather", "arguments": arguments}}
    return [
        {"role": "user", "content": "What is the weather in Paris?"},
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_1", "content": ANSWER},
    ]


@probe
async def result(asker: Asker) -> Exchange:
    """The turn after a call: the assistant's message has content null, the result follows."""
    return await chat(asker, _history('{"city": "Paris"}'), **STEADY, tools=[WEATHER])


@probe
async def broken_history(asker: Asker) -> Exchange:
    """A history whose call has arguments that are no JSON, as a model that was cut leaves them."""
    intent = Intent("", operation="createChatCompletion", case="tool call arguments are cut off")
    return await chat(asker, _history('{"city": "Par'), **STEADY, tools=[WEATHER], intent=intent)


@probe
async def has_tools(asker: Asker) -> bool:
    """Whether tools are taken."""
    return accepts((await asker.see(required)).sync)
