"""The echo fed with what the request schema generates, without HTTP: it answers, or refuses as it documents.

Schemathesis draws documents, of which more are made by mixing: a field of one beside the fields of another, the words
of one field in another. Each that the model accepts is answered as a whole and in steps: both must tell the same, and
follow the contract. `python -m tests.reference.engines.generated --count 50000` does so for longer.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any, Final

import click
from pydantic_core import from_json, to_json
from wirecheck.judging import shape
from wirecheck.sweeping.cases import Contract
from wirecheck_contract.models import ChatCompletionRequest
from wirecheck_reference.areas.chat import answers
from wirecheck_reference.engines.echo.engine import EchoEngine
from wirecheck_reference.engines.echo.models import MODEL, echo_engine
from wirecheck_reference.errors import ApiError
from wirecheck_reference.generations import gathered
from wirecheck_reference.http.validation import validate_json

_OPERATION: Final = "createChatCompletion"
# Documents that are drawn at a time, and mixes that are made for each: drawing takes a hundred times longer.
_DRAWN: Final = 30
_MIXES: Final = 10
# The distance between the seeds of two runs, so that none draws what its neighbour does.
_STRIDE: Final = 1_000_003


@dataclass(frozen=True)
class Seen:
    """How many documents were tried, and how many of them were answered; `broken` is the first with what came of it."""

    tried: int
    answered: int
    broken: str = ""


def documents(seed: int) -> Iterator[dict[str, Any]]:
    """Documents without end, the boundaries of the schema among them; each request with mixes of those before it."""
    source, random = Contract(), Random(seed)  # noqa: S311 - documents that can be made again
    known: list[dict[str, Any]] = []
    for turn in count():
        drawn = source.fuzz(_OPERATION, positive=True, seed=seed * _STRIDE + turn, count=_DRAWN)
        for each in [*drawn, *(source.coverage(_OPERATION) if turn == 1 else ())]:
            if not isinstance(each.value, dict):
                continue
            yield each.value
            # Mixes of what is no request are none either: nearly all would be refused before they reach the engine.
            if _request(each.value) is not None:
                known.append(each.value)
                yield from (_mixed(random, known) for _ in range(_MIXES))


def _mixed(random: Random, known: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One document with some fields of others, and half of the time with tools that its words and choices name."""
    mixed = {"messages": [{"role": "user", "content": "hello"}], **deepcopy(random.choice(known))}
    for _ in range(random.randint(0, 4)):
        other = random.choice(known)
        if other:
            name = random.choice(list(other))
            mixed[name] = deepcopy(other[name])
    tools = mixed.get("tools")
    if random.random() < 0.5 and isinstance(tools, list) and tools:
        name = _name(random.choice(tools))
        mixed["messages"] = [{"role": "user", "content": f"call {name} now"}]
        choices: list[Any] = ["required", "auto", {"type": "function", "function": {"name": name}}]
        allowed = {"mode": random.choice(["auto", "required"]), "tools": [random.choice([*tools, *known])]}
        mixed["tool_choice"] = random.choice([*choices, {"type": "allowed_tools", "allowed_tools": allowed}])
    return mixed


def _name(tool: Any) -> str:
    kind = tool.get("type") if isinstance(tool, dict) else None
    inner = tool.get(kind) if isinstance(kind, str) else None
    return str(inner.get("name")) if isinstance(inner, dict) else "nobody"


async def feed(most: int, seed: int, seconds: float = float("inf")) -> Seen:
    """Feeds so many documents to the echo, for so many seconds at most; ends at the first that breaks it."""
    engine = echo_engine(0)
    end = time.monotonic() + seconds
    tried = answered = 0
    for document in documents(seed):
        if tried >= most or time.monotonic() > end:
            break
        tried += 1
        try:
            answered += await _fed(engine, document)
        except Exception as error:  # noqa: BLE001 - whatever the engine does but refuse
            return Seen(tried, answered, f"{type(error).__name__}: {error} after {json.dumps(document)}")
    return Seen(tried, answered)


async def _fed(engine: EchoEngine, document: dict[str, Any]) -> bool:
    """Whether a document is a request that is answered. Raises `AssertionError` for a wrong answer."""
    request = _request(document)
    if request is None:
        return False
    found = [await _answered(engine, {**request, "stream": stream}) for stream in (False, True)]
    assert found[0] == found[1], f"{found[0]} without a stream, {found[1]} in steps"
    return isinstance(found[0], list)


def _request(document: dict[str, Any]) -> dict[str, Any] | None:
    """The request as the server reads it; None where it is none, as with halves of surrogate pairs."""
    try:
        body = json.dumps({**document, "model": MODEL}).encode()
        request: dict[str, Any] = from_json(body, allow_inf_nan=False)
        validate_json(ChatCompletionRequest, body, request)
    except (ApiError, ValueError):
        return None
    return request


async def _answered(engine: EchoEngine, request: dict[str, Any]) -> Any:
    """The choices without their ids; or the code of the refusal."""
    model = next(each for each in engine.models if each.id == MODEL)
    try:
        generation = await engine.start_chat(request, model)
    except ApiError as error:
        return _refused(error)
    deltas = generation.ready if generation.ready is not None else await gathered(generation)
    whole = from_json(to_json(answers.whole(request, model, generation, deltas)))
    faults = [f"{each.path}: {each.message}" for each in shape.faults("ChatCompletion", whole)]
    assert not faults, f"{faults[:3]} in {whole}"
    for choice in whole["choices"]:
        for call in choice["message"].get("tool_calls", ()):
            del call["id"]
    return from_json(to_json(whole["choices"]))


def _refused(error: ApiError) -> str | None:
    """The code of a refusal."""
    assert error.status == 400, f"refused with {error.status}: {error.message}"
    return error.code


@click.command()
@click.option("--count", "most", type=int, default=50_000, show_default=True, help="Documents to try.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed makes the same documents.")
@click.option("--seconds", type=float, default=float("inf"), help="Seconds to take at most.")
def main(*, most: int, seed: int, seconds: float) -> None:
    """Feed the echo with generated requests until one breaks it."""
    seen = asyncio.run(feed(most, seed, seconds))
    click.echo(f"{seen.tried} tried, {seen.answered} answered; {seen.broken or 'none broke'}")
    raise SystemExit(bool(seen.broken))


if __name__ == "__main__":
    main()
