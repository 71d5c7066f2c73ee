"""Fields that have an effect to see, each with the answers that would show it."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.areas.chat import effects
from wirecheck.areas.chat.asking import STEADY, chat, repeat
from wirecheck.areas.chat.effects import Effect
from wirecheck.areas.chat.probes import chat as chats
from wirecheck.areas.chat.probes import images, logprobs, structured, tools
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.evidence.exchange import Exchange, Intent


@dataclass(frozen=True)
class Tried:
    """A field as a client names it, the answers to requests that hold it, and what they show where it is obeyed."""

    field: str
    answers: tuple[Exchange, ...]
    effect: Effect


@probe(0, sees=(chats.several, tools.demanding, structured.instance, structured.objects, logprobs.ways))
async def tried(asker: Asker) -> tuple[Tried, ...]:
    """What each of the fields that change an answer changed."""
    several = await asker.see(chats.several)
    schema, whole = await asker.see(structured.instance), await asker.see(structured.objects)
    return (
        Tried("n", (several.sync, several.stream), effects.several_choices),
        Tried("tools", await asker.see(tools.demanding), effects.calls),
        Tried("response_format (json_schema)", (schema.sync, schema.stream), effects.json),
        Tried("response_format (json_object)", (whole.sync, whole.stream), effects.json),
        Tried("logprobs", await asker.see(logprobs.ways), effects.log_probabilities),
    )


@probe(2, quick=0, sees=(images.counted,))
async def rarely_tried(asker: Asker) -> tuple[Tried, ...]:
    """The same of fields that few servers have: functions as they were before tools, spoken answers, images."""
    only_longer(asker)
    function, named = tools.CLOCK["function"], tools.NAMED["function"]
    older = await chat(
        asker,
        tools.ONE,
        **tools.STEADY_CALL,
        functions=[function],
        function_call=named,
        intent=Intent("", case="functions and function_call, which came before tools"),
    )
    spoken = await chat(
        asker,
        repeat("hello"),
        **STEADY,
        modalities=["text", "audio"],
        audio={"voice": "alloy", "format": "mp3"},
        intent=Intent("", case="an answer that is spoken"),
    )
    seen = await asker.see(images.counted)
    return (
        Tried("functions", (older,), effects.calls),
        Tried("modalities (audio)", (spoken,), effects.speech),
        Tried("image_url (a part of a message)", (seen.one,), lambda one: images.grows(seen.none, one) is not False),
    )
