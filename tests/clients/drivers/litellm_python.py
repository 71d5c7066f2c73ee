"""LiteLLM as a client of an OpenAI-compatible server, used as its documentation shows. Run as a program of its own."""

from __future__ import annotations

import importlib
import json
from importlib.metadata import version
from typing import Any, Final

from tests.clients.drivers import litellm_texts
from tests.clients.drivers.lines import ASKED, Call, at_once, images, joined, rounded, serve, user, words
from tests.clients.drivers.litellm_texts import usage_of

# By name: types are checked where this package, of the group `clients` alone, is not installed.
_litellm: Final = importlib.import_module("litellm")


def completion(url: str, text: str = ASKED["plain"], **fields: Any) -> Any:
    """One call of `litellm.completion` that asks once, where nothing else is said."""
    given = {"model": "openai/echo", "messages": user(text), "api_key": ASKED["key"], "max_retries": 0}
    return _litellm.completion(api_base=url, timeout=ASKED["timeout"], **(given | fields))


def calls_of(calls: Any) -> list[dict[str, Any]]:
    """Calls with their arguments read, and how many of them can be told apart."""
    found = list(calls or ())
    distinct = len({each.id for each in found})
    return [
        {"name": each.function.name, "arguments": json.loads(each.function.arguments), "answered": distinct}
        for each in found
    ]


def seen(answer: Any) -> dict[str, Any]:
    """What is looked at of a completion."""
    return {
        "model": answer.model,
        "usage": usage_of(getattr(answer, "usage", None)),
        "choices": [
            {
                "text": choice.message.content,
                "reason": choice.finish_reason,
                "calls": calls_of(choice.message.tool_calls),
            }
            for choice in answer.choices
        ],
    }


def chat(text: str = ASKED["plain"], **fields: Any) -> Call:
    """A chat in one piece."""
    return lambda url: seen(completion(url, text, **fields))


def stream(text: str = ASKED["plain"], **fields: Any) -> Call:
    """A stream, read with the loop of the documentation."""

    def made(url: str) -> Any:
        said, reason = "", None
        for chunk in completion(url, text, stream=True, **fields):
            said += chunk.choices[0].delta.content or ""
            reason = chunk.choices[0].finish_reason or reason
        return {"text": said, "reason": reason}

    return made


def gathered(text: str = ASKED["plain"], **fields: Any) -> Call:
    """A stream that `litellm.stream_chunk_builder` puts together. Who did not ask for usage does not look at it."""
    unasked = {} if "stream_options" in fields else {"usage": None}

    def made(url: str) -> Any:
        chunks = list(completion(url, text, stream=True, **fields))
        return seen(_litellm.stream_chunk_builder(chunks, messages=user(text))) | unasked

    return made


def stream_usage(url: str) -> Any:
    """A stream with usage."""
    said, counts = "", []
    for chunk in completion(url, stream=True, stream_options={"include_usage": True}):
        said += "".join(choice.delta.content or "" for choice in chunk.choices)
        if getattr(chunk, "usage", None) is not None:
            counts.append(usage_of(chunk.usage))
    return {"text": said, "usage": counts}


def stream_choices(url: str) -> Any:
    """Two choices, told apart by their index."""
    said: dict[str, str] = {}
    for chunk in completion(url, stream=True, n=2):
        for choice in chunk.choices:
            said[str(choice.index)] = said.get(str(choice.index), "") + (choice.delta.content or "")
    return said


def logprobs(*, streamed: bool, **fields: Any) -> Call:
    """Tokens with their log probabilities."""

    def read(choice: Any) -> list[Any]:
        found = getattr(choice, "logprobs", None)
        told = found if isinstance(found, dict) or found is None else found.model_dump()
        return (told or {}).get("content") or []

    def made(url: str) -> Any:
        answer = completion(url, logprobs=True, stream=streamed, **fields)
        if not streamed:
            return joined([each if isinstance(each, dict) else each.model_dump() for each in read(answer.choices[0])])
        pieces = [each for chunk in answer for each in read(chunk.choices[0])]
        return joined([each if isinstance(each, dict) else each.model_dump() for each in pieces])

    return made


def tools_round(url: str) -> Any:
    """The turn after calls."""
    messages: list[Any] = user(ASKED["both"])
    message = completion(url, messages=messages, tools=ASKED["tools"]).choices[0].message
    messages.append(message)
    messages += [
        {"role": "tool", "tool_call_id": call.id, "content": f"Noon, {place}."}
        for place, call in enumerate(message.tool_calls)
    ]
    return seen(completion(url, messages=messages, tools=ASKED["tools"]))


def structured(wanted: Any, *, streamed: bool = False) -> Call:
    """An answer that is JSON."""

    def made(url: str) -> Any:
        answer = completion(url, response_format=wanted, stream=streamed)
        if not streamed:
            return json.loads(answer.choices[0].message.content)
        return json.loads("".join(each.choices[0].delta.content or "" for each in answer))

    return made


def concurrent(url: str) -> Any:
    """Ten chats at the same time."""
    return at_once(lambda text: completion(url, text).choices[0].message.content)


def times(count: int, **fields: Any) -> Call:
    """Several chats, one after the other."""
    return lambda url: [completion(url, **fields).choices[0].message.content for _ in range(count)]


def embeddings(given: Any = ASKED["texts"], **fields: Any) -> Call:
    """Vectors; LiteLLM names no format unless it is told one."""

    def made(url: str) -> Any:
        asked = {"model": f"openai/{ASKED['embedder']}", "input": given, "api_key": ASKED["key"], "max_retries": 0}
        answer = _litellm.embedding(api_base=url, timeout=ASKED["timeout"], **(asked | fields))
        return {"usage": usage_of(answer.usage), "vectors": rounded([each["embedding"] for each in answer.data])}

    return made


def image(url_of: str) -> dict[str, Any]:
    """A question about an image."""
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": url_of}}]
    return {"messages": [{"role": "user", "content": parts}]}


def calls() -> dict[str, Call]:
    """All calls, by name."""
    tools, bare = {"tools": ASKED["tools"]}, {"tools": ASKED["bare_tools"]}
    long = "Repeat exactly: " + "".join(ASKED["long"].format(number) for number in range(ASKED["sentences"])).strip()
    parts = [{"type": "text", "text": "Repeat exactly: one"}, {"type": "text", "text": " and two"}]
    roles = [
        {"role": "system", "content": "You repeat."},
        {"role": "user", "content": "Say nothing yet."},
        {"role": "assistant", "content": "Well."},
        {"role": "user", "content": parts},
    ]

    def schema(of: Any) -> dict[str, Any]:
        return {"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": of}}

    return {
        "chat": chat(),
        "chat-unicode": chat(ASKED["unicode"]),
        "chat-long": chat(long),
        "chat-roles": chat(messages=roles),
        "chat-choices": chat(n=2),
        "chat-stop": chat(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "chat-max-tokens": chat(max_tokens=ASKED["cut"]),
        "chat-concurrent": concurrent,
        "chat-image": chat(**image(ASKED["image"])),
        "chat-image-stream": stream(**image(ASKED["image"])),
        "chat-images": chat(messages=images()),
        "chat-context": chat(words(), max_tokens=ASKED["cut"]),
        "logprobs": logprobs(streamed=False, top_logprobs=2),
        "logprobs-alone": logprobs(streamed=False),
        "logprobs-stream": logprobs(streamed=True, top_logprobs=2),
        "stream": stream(),
        "stream-unicode": stream(ASKED["unicode"]),
        "stream-long": stream(long),
        "stream-usage": stream_usage,
        "stream-choices": stream_choices,
        "stream-stop": stream(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "stream-stop-string": stream(ASKED["stop"], stop=ASKED["stop_at"]),
        "stream-max-tokens": stream(max_tokens=ASKED["cut"]),
        "gathered": gathered(stream_options={"include_usage": True}),
        "gathered-tools": gathered(ASKED["both"], **tools),
        "gathered-tools-named": gathered(ASKED["both"], tool_choice=ASKED["named"], **tools),
        "gathered-tools-no-parameters": gathered(ASKED["bare"], **bare),
        "tools": chat(ASKED["both"], **tools),
        "tools-named": chat(ASKED["both"], tool_choice=ASKED["named"], **tools),
        "tools-required": chat("hello", tool_choice="required", **tools),
        "tools-forbidden": chat(ASKED["both"], tool_choice="none", **tools),
        "tools-one": chat(ASKED["both"], parallel_tool_calls=False, **tools),
        "tools-text": chat(ASKED["spoken"], **tools),
        "gathered-tools-text": gathered(ASKED["spoken"], **tools),
        "tools-no-parameters": chat(ASKED["bare"], **bare),
        "tools-round": tools_round,
        "tools-stream-forbidden": stream(ASKED["both"], tool_choice="none", **tools),
        "schema": structured(schema(ASKED["schema"])),
        "schema-stream": structured(schema(ASKED["schema"]), streamed=True),
        "schema-unusable": structured(schema(ASKED["unusable_schema"])),
        "json-object": structured({"type": "json_object"}),
        "json-object-stream": structured({"type": "json_object"}, streamed=True),
        "embed": embeddings(ASKED["texts"][:1]),
        "embed-list": embeddings(),
        "embed-float": embeddings(encoding_format="float"),
        "embed-unknown-model": embeddings(model="openai/nobody"),
        "wrong-key-end": times(1, api_key=ASKED["wrong_keys"][0]),
        "wrong-key-capitals": times(1, api_key=ASKED["wrong_keys"][1]),
        "wrong-key": times(1, api_key=ASKED["wrong_keys"][2]),
        "wrong-key-stream": stream(api_key=ASKED["wrong_keys"][2]),
        "revoked-key": times(1, api_key=ASKED["revoked_key"]),
        "narrow-key": times(1, api_key=ASKED["narrow_key"]),
        **{f"token-{name}": times(1, api_key=token) for name, token in ASKED["tokens"].items()},
        **litellm_texts.calls(),
        "invalid": chat(temperature=3),
        "invalid-stream": stream(temperature=3),
        "unknown-model": chat(model="openai/nobody"),
        "unknown-model-stream": stream(model="openai/nobody"),
        "window": chat(max_tokens=ASKED["window"]),
        "failing": chat(model="openai/echo-failing"),
        "failing-stream": stream(model="openai/echo-failing"),
        "limited": times(4, api_key=ASKED["limited_key"]),
        "limited-waits": times(2, api_key=ASKED["limited_key"], max_retries=2),
    }


if __name__ == "__main__":
    serve({name: version(name) for name in ("litellm", "openai")}, calls())
