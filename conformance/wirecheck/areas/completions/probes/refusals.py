"""What must be refused, and what may be: an unknown model, lists that cannot be taken, tokens, fields that few have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wirecheck.areas.completions.asking import COMPLETIONS, STEADY, complete, model_of
from wirecheck.areas.completions.probes import texts
from wirecheck.asking.probe import Asker, only_longer, probe
from wirecheck.contract.document import document
from wirecheck.contract.operations import operations
from wirecheck.evidence.exchange import Exchange, Intent
from wirecheck.evidence.unseen import Unseen

# Ids that are in any vocabulary.
TOKENS = [72, 101, 108, 108, 111]
BEHIND = " And that was all that anybody said on that long day."


def _wrong(case: str, field: str) -> Intent:
    return Intent("", case=case, field=field)


@dataclass(frozen=True)
class Ways:
    """One case without a stream and, in longer runs, as one."""

    answers: tuple[Exchange, ...]


@dataclass(frozen=True)
class Suffixed:
    """A text, and the same with something behind it."""

    without: Exchange
    suffixed: Exchange


@dataclass(frozen=True)
class Nulls:
    """A request with all fields null that may be, and, where that was not served, each in one of its own."""

    together: Exchange
    alone: tuple[tuple[str, Exchange], ...]


@probe(2, quick=1)
async def unknown_model(asker: Asker) -> Ways:
    """A model that nobody has, its name longer than that of one that is there; in longer runs as a stream, too."""
    model, intent = f"{model_of(asker.target)}-no-such-7f3a", _wrong("unknown model", "model")
    answer = await complete(asker, "hello", model=model, max_tokens=5, intent=intent)
    if asker.quick:
        return Ways((answer,))
    return Ways((answer, await complete(asker, "hello", model=model, max_tokens=5, stream=True, intent=intent)))


@probe()
async def empty_list(asker: Asker) -> Exchange:
    """A list without prompts."""
    return await complete(asker, [], max_tokens=5, intent=_wrong("prompt is an empty list", "prompt"))


@probe(2, quick=1)
async def spoiled_list(asker: Asker) -> Ways:
    """A list with a prompt that is none behind a good one, as a stream; in longer runs without one, too."""
    prompts, intent = ["hello", {"text": "hello"}], _wrong("one prompt of a list is an object", "prompt.1")
    stream = await complete(asker, prompts, max_tokens=5, stream=True, intent=intent)
    return Ways((stream,) if asker.quick else (stream, await complete(asker, prompts, max_tokens=5, intent=intent)))


@probe(2, quick=1)
async def in_tokens(asker: Asker) -> Ways:
    """A text in tokens; in longer runs two of them in a list."""
    fields = {**STEADY, "max_tokens": 4}
    one = await complete(asker, TOKENS, **fields, intent=Intent("", "a prompt in tokens"))
    if asker.quick:
        return Ways((one,))
    two = await complete(asker, [TOKENS, TOKENS[:3]], **fields, intent=Intent("", "two prompts in tokens"))
    return Ways((one, two))


@probe(quick=0)
async def best_of(asker: Asker) -> Exchange:
    """More choices than candidates."""
    only_longer(asker)
    intent = _wrong("best_of is smaller than n", "best_of")
    return await complete(asker, "hello", n=2, best_of=1, temperature=1, max_tokens=5, intent=intent)


@probe(quick=0, sees=(texts.plain,))
async def suffixed(asker: Asker) -> Suffixed:
    """The text with something behind it."""
    only_longer(asker)
    intent = Intent("", "a suffix")
    without = await asker.see(texts.plain)
    return Suffixed(without, await complete(asker, texts.PROMPT, **STEADY, suffix=BEHIND, intent=intent))


def nullable() -> list[str]:
    """The fields that the contract takes as null, but for the prompt: its null is a prompt."""
    operation = operations().of("POST", COMPLETIONS)
    fields = operation.properties if operation else {}
    return [name for name, schema in fields.items() if document().validator(schema).is_valid(None) and name != "prompt"]


def _short(fields: dict[str, Any]) -> dict[str, Any]:
    return {"max_tokens": 5, **fields}


@probe(1 + len(nullable()), quick=0)
async def nulls(asker: Asker) -> Nulls:
    """Every field null that may be; where that is not served, one request for each."""
    only_longer(asker)
    case = Intent("", "fields that are null")
    together = await complete(asker, "hello", **dict.fromkeys(nullable()), intent=case)
    if together.status == 200:
        return Nulls(together, ())
    alone = [
        (name, await complete(asker, "hello", intent=Intent("", f"{name} is null"), **_short({name: None})))
        for name in nullable()
    ]
    return Nulls(together, tuple(alone))


@probe(quick=0)
async def failing(asker: Asker) -> Exchange:
    """A stream of two texts of the owner's failing_model, which dies in the middle of it."""
    only_longer(asker)
    model = asker.target.owner.get("failing_model")
    if model is None:
        raise Unseen("no failing_model is named")
    intent = Intent("", case="a model that fails", provokes="model failure")
    prompts = ["one two three four five six seven eight", "nine ten eleven twelve thirteen fourteen"]
    return await complete(asker, prompts, **STEADY, model=model, stream=True, intent=intent)
