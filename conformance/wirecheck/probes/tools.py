"""Tools: required, named, forbidden, two at once, the turn after, a broken history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.exchange import Exchange, Intent
from wirecheck.probe import Asker, probe
from wirecheck.probes.asking import STEADY, accepts, chat, repeat


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
NAMED: Final[dict[str, Any]] = {"type": "function", "function": {"name": "get_time"}}
STEADY_CALL: Final = {**STEADY, "max_tokens": 128}

CITY: Final = "Paris"
ONE: Final = f"Call get_weather for {CITY}."
TWO: Final = f"Call get_weather for {CITY} and call get_time for {CITY}, both at once."
ANSWER = f"It is 21 degrees in {CITY}."


@dataclass(frozen=True)
class Asked:
    """One request whose prompt asks for `wanted` calls, without and with a stream.

    A model may answer twice differently: a run that is not to be quick asks each twice.
    """

    wanted: int
    sync: tuple[Exchange, ...]
    stream: tuple[Exchange, ...] = ()


async def _asked(asker: Asker, wanted: int, prompt: str, tools: list[Any], choice: Any) -> Asked:
    fields = {**STEADY_CALL, "tools": tools, "tool_choice": choice}
    sync, stream = [], []
    for _ in range(1 if asker.quick else 2):
        sync.append(await chat(asker, prompt, **fields))
        stream.append(await chat(asker, prompt, **fields, stream=True))
    return Asked(wanted, tuple(sync), tuple(stream))


@probe
async def required(asker: Asker) -> Asked:
    """A call that must be made, of the one function on offer."""
    return await _asked(asker, 1, ONE, [WEATHER], "required")


@probe
async def unrelated(asker: Asker) -> Exchange:
    """A call that must be made though the prompt asks for none."""
    return await chat(asker, repeat("hello"), **STEADY_CALL, tools=[WEATHER], tool_choice="required")


@probe
async def named(asker: Asker) -> Asked:
    """A call of a named function, of two on offer; no stream in a quick run."""
    if asker.quick:
        return Asked(1, (await chat(asker, ONE, **STEADY_CALL, tools=[WEATHER, CLOCK], tool_choice=NAMED),))
    return await _asked(asker, 1, ONE, [WEATHER, CLOCK], NAMED)


@probe
async def forbidden(asker: Asker) -> tuple[Exchange, ...]:
    """No call may be made, though the prompt asks for one; no stream in a quick run."""
    fields = {**STEADY_CALL, "tools": [WEATHER], "tool_choice": "none"}
    sync = await chat(asker, ONE, **fields)
    return (sync,) if asker.quick else (sync, await chat(asker, ONE, **fields, stream=True))


@probe
async def two(asker: Asker) -> Asked:
    """Two calls in one answer, if the model wants."""
    return await _asked(asker, 2, TWO, [WEATHER, CLOCK], "auto")


@probe
async def chosen(asker: Asker) -> tuple[Asked, ...]:
    """Everything with calls that the model chose."""
    return (await asker.see(required), await asker.see(two), Asked(1, (await asker.see(unrelated),)))


@probe
async def calling(asker: Asker) -> tuple[Asked, ...]:
    """Everything with calls, chosen or named."""
    return (*await asker.see(chosen), await asker.see(named))


def _history(arguments: str, **content: Any) -> list[dict[str, Any]]:
    # Some models take no ids but of nine letters and digits.
    call = {"id": "callA0001", "type": "function", "function": {"name": "get_weather", "arguments": arguments}}
    return [
        {"role": "user", "content": f"What is the weather in {CITY}?"},
        {"role": "assistant", **content, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "callA0001", "content": ANSWER},
    ]


@probe
async def result(asker: Asker) -> tuple[Exchange, ...]:
    """The turn after a call: the assistant's message has content null, or none in a run that is not to be quick."""
    fields = {**STEADY, "tools": [WEATHER]}
    null = _history('{"city": "Paris"}', content=None)
    seen = [await chat(asker, null, **fields)]
    if not asker.quick:
        seen.append(await chat(asker, null, **fields, stream=True))
        seen.append(await chat(asker, _history('{"city": "Paris"}'), **fields))
    return tuple(seen)


@probe
async def broken_history(asker: Asker) -> Exchange:
    """A history whose call has arguments that are no JSON, as a model that was cut leaves them."""
    intent = Intent("", operation="createChatCompletion", case="tool call arguments are cut off")
    return await chat(asker, _history('{"city": "Par', content=None), **STEADY, tools=[WEATHER], intent=intent)


@probe
async def has_tools(asker: Asker) -> bool:
    """Whether tools are taken: a server that cannot make sure of a call may refuse to be asked for one."""
    return accepts((await asker.see(required)).sync[0]) or accepts((await asker.see(two)).sync[0])
