"""Seeded nonsense of the kinds that servers of completions send: answers with anything at any place."""

from __future__ import annotations

from random import Random
from typing import Any

from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.completions.asking import COMPLETIONS
from wirecheck.areas.completions.probes import echoes
from wirecheck.evidence.exchange import Chunk, Exchange, Intent, Request

from tests.suite.chaos import encoded, mutated
from tests.suite.exchanges import SENT

_LOGPROBS = {
    "tokens": ["one", " two", " three"],
    "token_logprobs": [None, -0.25, -1],
    "top_logprobs": [None, {" two": -0.25}, {" three": -1, " four": -2, " five": -3, " six": -4}],
    "text_offset": [0, 3, 7],
}
_HEAD = {"id": "cmpl-1", "object": "text_completion", "created": 1_767_225_600, "model": "m"}
_USAGE = {"prompt_tokens": 3, "completion_tokens": 5, "total_tokens": 8}
_TEXTS = ("one two three", PHRASE, PHRASE[:9], "hello", echoes.PROMPT, f"{echoes.PROMPT} hello", "1234abcd", "")
_PROMPTS: tuple[Any, ...] = ("hello", "hello", ["hello", "good night"], [1, 2], [[1], [2]], [], 5)


def exchange(random: Random) -> Exchange:
    """A request for completions and some answer to it."""
    rate = random.choice((0.0, 0.0, 0.02, 0.1, 0.4))
    stream = random.random() < 0.5
    asks = {
        "model": "m",
        "prompt": random.choice(_PROMPTS),
        "echo": random.random() < 0.4,
        "logprobs": 2,
        "stream": stream,
        "n": random.choice((1, 2)),
    }
    kind = "text/event-stream" if stream else "application/json"
    body = _streamed(random, rate) if stream else encoded(mutated(random, _whole(random), rate)).encode()
    return Exchange(
        Request(
            "POST", COMPLETIONS, f"http://host{COMPLETIONS}", (), encoded(mutated(random, asks, rate / 4)).encode()
        ),
        random.choice((200, 200, 200, 200, 200, 400, 404, 422, 500)),
        (("content-type", kind),),
        (Chunk(0.1, body),),
        random.choice(("complete", "complete", "complete", "timeout", "broken")),
        seconds=random.uniform(0, 2),
        sent=SENT,
        intent=Intent("test", valid=random.choice((True, None))),
    )


def _choice(random: Random, index: int, *, ended: bool = True) -> dict[str, Any]:
    return {
        "index": index,
        "text": random.choice(_TEXTS),
        "logprobs": random.choice((None, _LOGPROBS)),
        "finish_reason": random.choice(("stop", "length")) if ended else None,
    }


def _whole(random: Random) -> dict[str, Any]:
    choices = [_choice(random, index) for index in range(random.randint(1, 4))]
    return {**_HEAD, "choices": random.choice((choices, choices[::-1])), "usage": _USAGE}


def _streamed(random: Random, rate: float) -> bytes:
    count = random.randint(1, 3)
    chunks: list[dict[str, Any]] = [
        {**_HEAD, "choices": [_choice(random, index, ended=ended)]} for ended in (False, True) for index in range(count)
    ]
    chunks += [{**_HEAD, "choices": [], "usage": _USAGE}] if random.random() < 0.5 else []
    chunks += [{"error": {"message": "No.", "type": "server_error"}}] if random.random() < 0.1 else []
    lines = [encoded(mutated(random, each, rate)) for each in chunks]
    lines += random.choice((["[DONE]"], ["[DONE]"], []))
    return "".join(f"data: {line}\n\n" for line in lines).encode()
