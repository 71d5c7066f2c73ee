"""Completions of texts by the official SDK for Python, without a stream and in one."""

from __future__ import annotations

from typing import Any

from tests.clients.drivers.lines import ASKED, Call, at_once
from tests.clients.drivers.openai_reading import MODEL, client, usage_of


def logprobs_of(found: Any) -> Any:
    """The lists as they came, or None."""
    return found and [found.tokens, found.token_logprobs, found.top_logprobs, found.text_offset]


def given(prompt: Any, **fields: Any) -> dict[str, Any]:
    """The arguments of a call."""
    return {"model": MODEL, "prompt": prompt, **fields}


def text(prompt: Any = ASKED["plain"], **fields: Any) -> Call:
    """Texts in one piece; those of several prompts in the order in which they stand."""

    def made(url: str) -> Any:
        answer = client(url).completions.create(**given(prompt, **fields))
        return {
            "model": answer.model,
            "usage": usage_of(answer.usage),
            "choices": [[each.text, each.finish_reason, logprobs_of(each.logprobs)] for each in answer.choices],
        }

    return made


def indexed(url: str) -> Any:
    """The texts of several prompts, each found by its index."""
    answer = client(url).completions.create(**given(ASKED["prompts"], n=2))
    return {str(each.index): each.text for each in answer.choices}


def stream(prompt: Any = ASKED["plain"], **fields: Any) -> Call:
    """A stream: the text of each choice, its reason and its log probabilities, and each usage that was sent."""

    def made(url: str) -> Any:
        said: dict[str, str] = {}
        reasons: dict[str, Any] = {}
        told: dict[str, list[Any]] = {}
        counts, models = [], set()
        for chunk in client(url).completions.create(**given(prompt, stream=True, **fields)):
            models.add(chunk.model)
            if chunk.usage is not None and "stream_options" in fields:
                counts.append(usage_of(chunk.usage))
            for choice in chunk.choices:
                place = str(choice.index)
                said[place] = said.get(place, "") + choice.text
                reasons[place] = choice.finish_reason or reasons.get(place)
                if choice.logprobs is not None:
                    told.setdefault(place, []).append(logprobs_of(choice.logprobs))
        return {"models": sorted(models), "text": said, "reasons": reasons, "logprobs": told, "usage": counts}

    return made


def first(url: str) -> Any:
    """A stream read with the loop of the documentation: the first choice of every chunk."""
    said = ""
    for chunk in client(url).completions.create(**given(ASKED["plain"], stream=True)):
        said += chunk.choices[0].text
    return said


def twice(url: str) -> Any:
    """The same prompt twice, in answers that can be told apart."""
    sdk = client(url)
    answers = [sdk.completions.create(**given(ASKED["plain"], seed=7)) for _ in range(2)]
    return {"texts": [each.choices[0].text for each in answers], "ids": len({each.id for each in answers})}


def concurrent(url: str) -> Any:
    """Ten streams at the same time."""
    sdk = client(url)

    def said(prompt: str) -> str:
        chunks = sdk.completions.create(**given(prompt, stream=True, max_tokens=64))
        return "".join(choice.text for chunk in chunks for choice in chunk.choices)

    return at_once(said)


def calls() -> dict[str, Call]:
    """All calls on texts, by name."""
    prompts, long = ASKED["prompts"], {"max_tokens": 64}
    return {
        "completion": text(),
        "completion-unicode": text(ASKED["unicode"], **long),
        "completion-list": text(prompts),
        "completion-choices": text(prompts, n=2),
        "completion-indexed": indexed,
        "completion-best-of": text(n=2, best_of=3),
        "completion-too-few": text(n=2, best_of=1),
        "completion-tokens": text(ASKED["token_lists"][0]),
        "completion-token-lists": text(ASKED["token_lists"]),
        "completion-echo": text(echo=True),
        "completion-scored": text(echo=True, max_tokens=0, logprobs=2),
        "completion-logprobs": text(logprobs=2),
        "completion-logprobs-list": text(prompts, logprobs=1),
        "completion-suffix": text(suffix=" and so on"),
        "completion-null": text(temperature=None),
        "completion-stop": text(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "completion-max-tokens": text(max_tokens=ASKED["cut"]),
        "completion-no-limit": text(ASKED["unicode"]),
        "completion-twice": twice,
        "completion-concurrent": concurrent,
        "completion-empty-list": text([]),
        "completion-spoiled-list": text(["", None]),
        "completion-unknown-model": text(model="nobody"),
        "completion-stream": stream(),
        "completion-stream-first": first,
        "completion-stream-unicode": stream(ASKED["unicode"], **long),
        "completion-stream-list": stream(prompts),
        "completion-stream-choices": stream(prompts, n=2),
        "completion-stream-usage": stream(stream_options={"include_usage": True}),
        "completion-stream-echo": stream(echo=True),
        "completion-stream-logprobs": stream(logprobs=2),
        "completion-stream-stop": stream(ASKED["stop"], stop=ASKED["stop_at"]),
        "completion-stream-max-tokens": stream(max_tokens=ASKED["cut"]),
        "completion-failing-stream": stream(model="echo-failing"),
    }
