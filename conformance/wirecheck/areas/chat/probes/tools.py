"""Tools: required, named, forbidden, two at once, the turn after, a broken history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.asking import STEADY, chat, repeat
from wirecheck.areas.chat.effects import calls, ignored
from wirecheck.areas.chat.probes.chat import parts, parts_are_taken
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import accepts_some


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
class Alike:
    """The same conversation in the plain form and in another."""

    plain: Exchange
    other: Exchange


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


@probe(4, quick=2)
async def required(asker: Asker) -> Asked:
    """A chat with one tool and tool_choice required, without and with a stream."""
    return await _asked(asker, 1, ONE, [WEATHER], "required")


@probe()
async def unrelated(asker: Asker) -> Exchange:
    """A chat with one tool and tool_choice required, whose prompt asks for no call."""
    return await chat(asker, repeat("hello"), **STEADY_CALL, tools=[WEATHER], tool_choice="required")


@probe(4, quick=1)
async def named(asker: Asker) -> Asked:
    """A chat with two tools, one of which tool_choice names; no stream in a quick run."""
    if asker.quick:
        return Asked(1, (await chat(asker, ONE, **STEADY_CALL, tools=[WEATHER, CLOCK], tool_choice=NAMED),))
    return await _asked(asker, 1, ONE, [WEATHER, CLOCK], NAMED)


@probe(2, quick=1)
async def forbidden(asker: Asker) -> tuple[Exchange, ...]:
    """A chat with tool_choice none, whose prompt asks for a call; no stream in a quick run."""
    fields = {**STEADY_CALL, "tools": [WEATHER], "tool_choice": "none"}
    sync = await chat(asker, ONE, **fields)
    return (sync,) if asker.quick else (sync, await chat(asker, ONE, **fields, stream=True))


@probe(4, quick=2)
async def two(asker: Asker) -> Asked:
    """A chat with two tools and tool_choice auto, whose prompt asks for two calls at once."""
    return await _asked(asker, 2, TWO, [WEATHER, CLOCK], "auto")


@probe(0, sees=(required, two, unrelated))
async def chosen(asker: Asker) -> tuple[Asked, ...]:
    """Chats with tools whose calls the model chose."""
    return (await asker.see(required), await asker.see(two), Asked(1, (await asker.see(unrelated),)))


@probe(0, sees=(named, chosen))
async def calling(asker: Asker) -> tuple[Asked, ...]:
    """Chats with tools whose calls the model chose, and such with a named function."""
    return (*await asker.see(chosen), await asker.see(named))


def _history(arguments: str, answer: Any = ANSWER, **content: Any) -> list[dict[str, Any]]:
    # Some models take no ids but of nine letters and digits.
    call = {"id": "callA0001", "type": "function", "function": {"name": "get_weather", "arguments": arguments}}
    return [
        {"role": "user", "content": f"What is the weather in {CITY}?"},
        {"role": "assistant", **content, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "callA0001", "content": answer},
    ]


@probe(3, quick=1)
async def result(asker: Asker) -> tuple[Exchange, ...]:
    """The turn after a call: the assistant's message has content null, and in longer runs none."""
    fields = {**STEADY, "tools": [WEATHER]}
    null = _history('{"city": "Paris"}', content=None)
    seen = [await chat(asker, null, **fields)]
    if not asker.quick:
        seen.append(await chat(asker, null, **fields, stream=True))
        seen.append(await chat(asker, _history('{"city": "Paris"}'), **fields))
    return tuple(seen)


@probe(1, quick=0, sees=(parts, result))
async def result_in_parts(asker: Asker) -> Alike:
    """The turn after a call, its result as a string and as two text parts."""
    only_longer(asker)
    await parts_are_taken(asker)
    string = (await asker.see(result))[0]
    halves = [{"type": "text", "text": text} for text in ANSWER.partition(" in")[::2]]
    history = _history('{"city": "Paris"}', halves, content=None)
    return Alike(string, await chat(asker, history, **STEADY, tools=[WEATHER]))


@probe()
async def broken_history(asker: Asker) -> Exchange:
    """A history whose call has arguments that are no JSON, as a model that was cut leaves them."""
    intent = Intent("", case="tool call arguments are cut off")
    return await chat(asker, _history('{"city": "Par', content=None), **STEADY, tools=[WEATHER], intent=intent)


@probe(0, sees=(required, two, named))
async def demanding(asker: Asker) -> tuple[Exchange, ...]:
    """Chats with tools that ask for a call, in each way to ask for one."""
    asked = [await asker.see(each) for each in (required, two, named)]
    return tuple(answer for each in asked for answer in (*each.sync, *each.stream))


@probe(0, sees=(demanding, forbidden))
async def ways(asker: Asker) -> tuple[Exchange, ...]:
    """Chats with tools in each documented way to choose among them, without and with a stream."""
    return (*await asker.see(demanding), *await asker.see(forbidden))


@probe(0, sees=(demanding,))
async def has_tools(asker: Asker) -> bool:
    """Whether tools are taken and called in some way: required, chosen freely or named, without or with a stream."""
    answers = await asker.see(demanding)
    return accepts_some(answers) and not ignored(answers, calls)
