"""LangChain's model of the OpenAI API, used as its documentation shows. Run as a program of its own."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from typing import Any, Final

from tests.clients.drivers import langchain_others
from tests.clients.drivers.lines import ASKED, Call, images, joined, serve, words

# By name: types are checked where these packages, of the group `clients` alone, are not installed.
_openai: Final = importlib.import_module("langchain_openai")
_messages: Final = importlib.import_module("langchain_core.messages")


@lru_cache(maxsize=16)
def model(url: str, name: str = "echo", key: str = ASKED["key"], retries: int = 0, *, usage: bool = False) -> Any:
    """A chat model that asks once, or again so often; `usage`: it asks for usage in streams."""
    given = {"base_url": url, "api_key": key, "max_retries": retries, "timeout": ASKED["timeout"]}
    return _openai.ChatOpenAI(model=name, stream_usage=usage, **given)


def usage_of(message: Any) -> Any:
    """The counts, or None."""
    counts = message.usage_metadata
    return counts and [counts["input_tokens"], counts["output_tokens"], counts["total_tokens"]]


def seen(message: Any) -> dict[str, Any]:
    """What is looked at of a message; calls that could not be read stand apart."""
    calls = message.tool_calls
    return {
        "text": message.content,
        "reason": message.response_metadata.get("finish_reason"),
        "model": message.response_metadata.get("model_name"),
        "calls": [{"name": each["name"], "arguments": each["args"]} for each in calls],
        "distinct": len({each["id"] for each in calls}),
        "unreadable": [each["args"] for each in message.invalid_tool_calls],
        "usage": usage_of(message),
    }


def chat(text: Any = ASKED["plain"], *, of: str = "echo", bound: Any = None, **fields: Any) -> Call:
    """A chat in one piece, with tools bound where `bound` says so."""

    def made(url: str) -> Any:
        chosen = model(url, of)
        return seen((chosen.bind_tools(**bound) if bound else chosen).invoke(text, **fields))

    return made


def stream(
    text: Any = ASKED["plain"], *, of: str = "echo", bound: Any = None, usage: bool = False, **fields: Any
) -> Call:
    """A stream: its pieces as they come, and added up. Who did not ask for usage does not look at it."""

    def made(url: str) -> Any:
        chosen, whole, said = model(url, of, usage=usage), None, ""
        for chunk in (chosen.bind_tools(**bound) if bound else chosen).stream(text, **fields):
            said += chunk.content
            whole = chunk if whole is None else whole + chunk
        return {**seen(whole), "pieces": said} | ({} if usage else {"usage": None})

    return made


def image(url_of: str) -> Any:
    """A question about an image."""
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": url_of}}]
    return [_messages.HumanMessage(parts)]


def generated(url: str) -> Any:
    """Two choices."""
    return [
        each.message.content
        for each in model(url).generate([[_messages.HumanMessage(ASKED["plain"])]], n=2).generations[0]
    ]


def logprobs(*, streamed: bool, top: int | None) -> Call:
    """Tokens with their log probabilities."""

    def made(url: str) -> Any:
        bound = model(url).bind(logprobs=True, **({"top_logprobs": top} if top else {}))
        if not streamed:
            return joined(bound.invoke(ASKED["plain"]).response_metadata["logprobs"]["content"])
        whole = None
        for chunk in bound.stream(ASKED["plain"]):
            whole = chunk if whole is None else whole + chunk
        return joined(whole.response_metadata["logprobs"]["content"] if whole is not None else [])

    return made


def tools_round(url: str) -> Any:
    """The turn after calls."""
    bound = model(url).bind_tools(ASKED["tools"])
    messages = [_messages.HumanMessage(ASKED["both"])]
    messages.append(bound.invoke(messages))
    messages += [
        _messages.ToolMessage(f"Noon, {place}.", tool_call_id=call["id"])
        for place, call in enumerate(messages[-1].tool_calls)
    ]
    return seen(bound.invoke(messages))


def structured(of: Any, method: str, *, streamed: bool = False) -> Call:
    """An answer that follows a schema."""

    def made(url: str) -> Any:
        bound = model(url).with_structured_output(of, method=method)
        if not streamed:
            return bound.invoke(ASKED["plain"])
        return list(bound.stream(ASKED["plain"]))[-1]

    return made


def json_object(url: str) -> Any:
    """An answer in JSON mode, in a stream."""
    bound = model(url).bind(response_format={"type": "json_object"})
    return json.loads("".join(each.content for each in bound.stream(ASKED["plain"])))


def concurrent(url: str) -> Any:
    """A batch, ten at a time."""
    prompts = [ASKED["alike"].format(number) for number in range(10)]
    return [each.content for each in model(url).batch(prompts, config={"max_concurrency": 10})]


def with_key(key: str, retries: int = 0, *, times: int = 1, streamed: bool = False) -> Call:
    """Chats with another key, so often."""

    def made(url: str) -> Any:
        chosen = model(url, "echo", key, retries)
        ask: Callable[[str], Any] = (lambda text: list(chosen.stream(text))) if streamed else chosen.invoke
        return [getattr(ask(ASKED["plain"]), "content", "streamed") for _ in range(times)]

    return made


def calls() -> dict[str, Call]:
    """All calls, by name."""
    tools: dict[str, Any] = {"tools": ASKED["tools"]}
    bare: dict[str, Any] = {"tools": ASKED["bare_tools"]}
    long = "Repeat exactly: " + "".join(ASKED["long"].format(number) for number in range(ASKED["sentences"])).strip()
    roles = [
        _messages.SystemMessage("You repeat."),
        _messages.HumanMessage("Say nothing yet.", name="somebody"),
        _messages.AIMessage("Well."),
        _messages.HumanMessage([{"type": "text", "text": "Repeat exactly: one"}, {"type": "text", "text": " and two"}]),
    ]
    return {
        "chat": chat(),
        "chat-unicode": chat(ASKED["unicode"]),
        "chat-long": chat(long),
        "chat-roles": chat(roles),
        "chat-choices": generated,
        "chat-fields": chat(**{name: value for name, value in ASKED["fields"].items() if name != "metadata"}),
        "chat-stop": chat(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "chat-max-completion-tokens": chat(max_tokens=ASKED["cut"]),
        "chat-concurrent": concurrent,
        "chat-image": chat(image(ASKED["image"])),
        "chat-image-stream": stream(image(ASKED["image"])),
        "chat-images": chat([_messages.HumanMessage(images()[0]["content"])]),
        "chat-context": chat(words(), max_tokens=ASKED["cut"]),
        "chat-image-broken": chat(image(ASKED["not_an_image"])),
        "logprobs": logprobs(streamed=False, top=2),
        "logprobs-alone": logprobs(streamed=False, top=None),
        "logprobs-stream": logprobs(streamed=True, top=2),
        "stream": stream(),
        "stream-unicode": stream(ASKED["unicode"]),
        "stream-long": stream(long),
        "stream-usage": stream(usage=True),
        "stream-stop": stream(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "stream-max-completion-tokens": stream(max_tokens=ASKED["cut"]),
        "tools": chat(ASKED["both"], bound=tools),
        "tools-named": chat(ASKED["both"], bound={**tools, "tool_choice": "get_time"}),
        "tools-required": chat("hello", bound={**tools, "tool_choice": "required"}),
        "tools-forbidden": chat(ASKED["both"], bound={**tools, "tool_choice": "none"}),
        "tools-one": chat(ASKED["both"], bound={**tools, "parallel_tool_calls": False}),
        "tools-text": chat(ASKED["spoken"], bound=tools),
        "tools-text-stream": stream(ASKED["spoken"], bound=tools),
        "tools-no-parameters": chat(ASKED["bare"], bound=bare),
        "tools-round": tools_round,
        "tools-stream": stream(ASKED["both"], bound=tools),
        "tools-stream-named": stream(ASKED["both"], bound={**tools, "tool_choice": "get_time"}),
        "tools-stream-forbidden": stream(ASKED["both"], bound={**tools, "tool_choice": "none"}),
        "tools-stream-one": stream(ASKED["both"], bound={**tools, "parallel_tool_calls": False}),
        "tools-stream-no-parameters": stream(ASKED["bare"], bound=bare),
        "schema": structured(ASKED["schema"], "json_schema"),
        "schema-stream": structured(ASKED["schema"], "json_schema", streamed=True),
        "schema-calling": structured(ASKED["schema"], "function_calling"),
        "schema-unusable": structured(ASKED["unusable_schema"], "json_schema"),
        "json-object": structured(ASKED["schema"], "json_mode"),
        "json-object-stream": json_object,
        **langchain_others.calls(),
        "wrong-key-end": with_key(ASKED["wrong_keys"][0]),
        "wrong-key-capitals": with_key(ASKED["wrong_keys"][1]),
        "wrong-key": with_key(ASKED["wrong_keys"][2]),
        "wrong-key-stream": with_key(ASKED["wrong_keys"][2], streamed=True),
        "revoked-key": with_key(ASKED["revoked_key"]),
        "narrow-key": with_key(ASKED["narrow_key"]),
        **{f"token-{name}": with_key(token) for name, token in ASKED["tokens"].items()},
        "invalid": chat(temperature=3),
        "invalid-stream": stream(temperature=3),
        "unknown-model": chat(of="nobody"),
        "unknown-model-stream": stream(of="nobody"),
        "window": chat(max_tokens=ASKED["window"]),
        "failing": chat(of="echo-failing"),
        "failing-stream": stream(of="echo-failing"),
        "limited": with_key(ASKED["limited_key"], times=4),
        "limited-waits": with_key(ASKED["limited_key"], 2, times=2),
    }


if __name__ == "__main__":
    serve({name: version(name) for name in ("langchain-openai", "langchain-core", "openai")}, calls())
