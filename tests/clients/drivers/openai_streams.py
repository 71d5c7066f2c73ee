"""The streams of the official SDK for Python: read with the loops of its documentation, and put together by it."""

from __future__ import annotations

from typing import Any

from tests.clients.drivers.lines import ASKED, Call, joined
from tests.clients.drivers.openai_reading import asked, calls_of, client, seen, usage_of


def stream(text: str = ASKED["plain"], **fields: Any) -> Call:
    """A stream, read with the loop of the documentation: the first choice of every chunk."""

    def made(url: str) -> Any:
        said, reason, models = "", None, set()
        for chunk in client(url).chat.completions.create(**asked(text, stream=True, **fields)):
            said += chunk.choices[0].delta.content or ""
            models.add(chunk.model)
            reason = chunk.choices[0].finish_reason or reason
        return {"text": said, "reason": reason, "models": sorted(models)}

    return made


def stream_usage(url: str) -> Any:
    """A stream with usage: the chunk that has no choice holds it."""
    said, counts = "", []
    options = {"include_usage": True}
    for chunk in client(url).chat.completions.create(**asked(ASKED["plain"], stream=True, stream_options=options)):
        for choice in chunk.choices:
            said += choice.delta.content or ""
        if chunk.usage is not None:
            counts.append(usage_of(chunk.usage))
    return {"text": said, "usage": counts}


def stream_choices(url: str) -> Any:
    """Two choices, told apart by their index."""
    said: dict[str, str] = {}
    reasons: dict[str, str | None] = {}
    for chunk in client(url).chat.completions.create(**asked(ASKED["plain"], stream=True, n=2)):
        for choice in chunk.choices:
            said[str(choice.index)] = said.get(str(choice.index), "") + (choice.delta.content or "")
            reasons[str(choice.index)] = choice.finish_reason or reasons.get(str(choice.index))
    return {"text": said, "reasons": reasons}


def stream_tools(text: str, tools: Any, **fields: Any) -> Call:
    """Calls put together by their index, with the loop of the documentation."""

    def made(url: str) -> Any:
        final: dict[int, Any] = {}
        reason = None
        for chunk in client(url).chat.completions.create(**asked(text, stream=True, tools=tools, **fields)):
            for call in chunk.choices[0].delta.tool_calls or []:
                if call.index not in final:
                    final[call.index] = call
                else:
                    final[call.index].function.arguments += call.function.arguments
            reason = chunk.choices[0].finish_reason or reason
        return {"calls": calls_of(final.values()), "reason": reason}

    return made


def gathered(text: str = ASKED["plain"], **fields: Any) -> Call:
    """A stream put together by the SDK. Who did not ask for usage does not look at it."""
    unasked = {} if "stream_options" in fields else {"usage": None}

    def made(url: str) -> Any:
        with client(url).chat.completions.stream(**asked(text, **fields)) as events:
            deltas = "".join(event.delta for event in events if event.type == "content.delta")
            return {**seen(events.get_final_completion()), "deltas": deltas} | unasked

    return made


def stream_logprobs(url: str) -> Any:
    """The same in a stream."""
    found: list[dict[str, Any]] = []
    fields = {"logprobs": True, "top_logprobs": 2, "stream": True}
    for chunk in client(url).chat.completions.create(**asked(ASKED["plain"], **fields)):
        for choice in chunk.choices:
            if choice.logprobs is not None:
                found += [each.model_dump() for each in choice.logprobs.content or ()]
    return joined(found)
