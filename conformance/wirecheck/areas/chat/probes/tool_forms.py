"""Tools off the main road: one call at most, no parameters, names that nobody offers, text beside calls, rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from wirecheck.areas.chat.asking import STEADY, chat
from wirecheck.areas.chat.calls import calls_of
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.probes.tools import (
    ANSWER,
    CITY,
    CLOCK,
    NAMED,
    ONE,
    STEADY_CALL,
    TWO,
    WEATHER,
    Asked,
    required,
    result,
    two,
)
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import ABSENT, Exchange, Intent, at, items
from wirecheck.evidence.unseen import Unseen

# What has no parameters says so by leaving them out (the contract's ChatFunctionDefinition).
PARAMETERLESS: Final = {"type": "function", "function": {"name": "list_rooms", "description": "Lists all rooms"}}
_ROOMS: Final = "Call list_rooms."
_BOTH: Final = f'First say "One moment, please." to the user. In the same answer call get_weather for {CITY}.'


@dataclass(frozen=True)
class Bare:
    """Calls of a function without parameters, and those of one with some by which they are judged."""

    bare: Both
    plain: Both


@probe(2, quick=0, sees=(two,))
async def one_at_most(asker: Asker) -> Both:
    """A chat whose prompt asks for two calls, with `parallel_tool_calls: false`, without and with a stream."""
    only_longer(asker)
    seen = await asker.see(two)
    if not any(len(items(each.json, "choices", 0, "message", "tool_calls")) > 1 for each in seen.sync):
        raise Unseen("the model makes no two calls at once when it may")
    fields: dict[str, Any] = {**STEADY_CALL, "tools": [WEATHER, CLOCK], "parallel_tool_calls": False}
    return Both(await chat(asker, TWO, **fields), await chat(asker, TWO, **fields, stream=True))


@probe(2, quick=0, sees=(required,))
async def parameterless(asker: Asker) -> Bare:
    """A chat that must call a function without parameters, without and with a stream."""
    only_longer(asker)
    seen = await asker.see(required)
    choice = "required" if seen.sync[0].status == 200 else "auto"
    fields: dict[str, Any] = {**STEADY_CALL, "tools": [PARAMETERLESS], "tool_choice": choice}
    bare = Both(await chat(asker, _ROOMS, **fields), await chat(asker, _ROOMS, **fields, stream=True))
    return Bare(bare, Both(seen.sync[0], seen.stream[0]))


@probe(4, quick=0)
async def with_text(asker: Asker) -> Asked:
    """A chat whose prompt asks for a sentence and for a call, twice without and twice with a stream."""
    only_longer(asker)
    fields: dict[str, Any] = {**STEADY_CALL, "tools": [WEATHER]}
    sync, stream = [], []
    for _ in range(2):
        sync.append(await chat(asker, _BOTH, **fields))
        stream.append(await chat(asker, _BOTH, **fields, stream=True))
    return Asked(1, tuple(sync), tuple(stream))


@probe(quick=0)
async def not_offered(asker: Asker) -> Exchange:
    """A chat whose tool_choice names a function that it does not offer."""
    only_longer(asker)
    intent = Intent("", case="tool_choice names what is not offered")
    return await chat(asker, ONE, **STEADY_CALL, tools=[WEATHER], tool_choice=NAMED, intent=intent)


@probe(2, quick=0, sees=(required, result))
async def rounds(asker: Asker) -> tuple[Exchange, ...]:
    """The calls that a model made sent back as they came, with their results; and once more what came of that."""
    only_longer(asker)
    seen = await asker.see(required)
    if (await asker.see(result))[0].status != 200:
        raise Unseen("the result of a call is not taken, which tools.result judges")
    talk: list[dict[str, Any]] = [{"role": "user", "content": ONE}]
    choice = {"tool_choice": "required"} if seen.sync[0].status == 200 else {}
    answer, found = seen.sync[0], list[Exchange]()
    for asks, fields in ((ONE.replace("Call", "Now call"), choice), ("Thank you. Reply with the word: yes", {})):
        message = at(answer.json, "choices", 0, "message")
        calls = items(message, "tool_calls")
        if answer.status != 200 or not (calls or found):
            raise Unseen("the model made no call that could be sent back")
        if any(call.value is ABSENT for call in calls_of(answer)):
            raise Unseen("the arguments of its calls are no JSON, which tools.arguments judges")
        talk.append({"role": "assistant", "content": at(message, "content") or None, "tool_calls": calls})
        if not calls:
            talk[-1] = {"role": "assistant", "content": at(message, "content") or "Yes."}
        talk += [{"role": "tool", "tool_call_id": at(call, "id"), "content": ANSWER} for call in calls]
        talk.append({"role": "user", "content": asks})
        intent = Intent("", case=f"round {len(found) + 2} of calls and results")
        answer = await chat(asker, list(talk), **{**STEADY, **fields}, tools=[WEATHER], intent=intent)
        found.append(answer)
        if answer.status != 200:
            break
    return tuple(found)
