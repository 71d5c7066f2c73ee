"""The official SDK for Python, used as its README shows. Run as a program of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import openai

from tests.clients.drivers import openai_conversations, openai_files, openai_stored, openai_texts
from tests.clients.drivers.lines import ASKED, Call, at_once, images, joined, rounded, serve, user, words
from tests.clients.drivers.openai_reading import MODEL, asked, client, seen
from tests.clients.drivers.openai_streams import (
    gathered,
    stream,
    stream_choices,
    stream_logprobs,
    stream_tools,
    stream_usage,
)


def chat(text: str = ASKED["plain"], **fields: Any) -> Call:
    """A chat that is answered in one piece."""
    return lambda url: seen(client(url).chat.completions.create(**asked(text, **fields)))


def conversation(messages: list[Any], **fields: Any) -> Call:
    """The same, of several messages."""
    return lambda url: seen(client(url).chat.completions.create(model=MODEL, messages=messages, **fields))


def logprobs(url: str) -> Any:
    """Tokens with their log probabilities and two alternatives."""
    fields = {"logprobs": True, "top_logprobs": 2}
    choice = client(url).chat.completions.create(**asked(ASKED["plain"], **fields)).choices[0]
    assert choice.logprobs is not None
    return joined([each.model_dump() for each in choice.logprobs.content or ()])


def logprobs_alone(url: str) -> Any:
    """The same without alternatives."""
    choice = client(url).chat.completions.create(**asked(ASKED["plain"], logprobs=True)).choices[0]
    assert choice.logprobs is not None
    return joined([each.model_dump() for each in choice.logprobs.content or ()])


def tools_round(url: str) -> Any:
    """The turn after calls: the message is handed back as it came, with a result for each call."""
    sdk = client(url)
    messages: list[Any] = user(ASKED["both"])
    message = sdk.chat.completions.create(model=MODEL, messages=messages, tools=ASKED["tools"]).choices[0].message
    messages.append(message)
    messages += [
        {"role": "tool", "tool_call_id": call.id, "content": [{"type": "text", "text": f"Noon, {place}."}]}
        for place, call in enumerate(message.tool_calls or ())
    ]
    return seen(sdk.chat.completions.create(model=MODEL, messages=messages, tools=ASKED["tools"]))


def schema(of: Any, *, streamed: bool = False) -> Call:
    """An answer that a schema describes, read as JSON."""
    wanted = {"type": "json_schema", "json_schema": {"name": "person", "strict": True, "schema": of}}

    def made(url: str) -> Any:
        fields = asked(ASKED["plain"], response_format=wanted)
        if not streamed:
            return json.loads(client(url).chat.completions.create(**fields).choices[0].message.content or "")
        pieces = client(url).chat.completions.create(**fields, stream=True)
        return json.loads("".join(each.choices[0].delta.content or "" for each in pieces))

    return made


def json_object(*, streamed: bool) -> Call:
    """An answer in JSON mode."""

    def made(url: str) -> Any:
        fields = asked(ASKED["plain"], response_format={"type": "json_object"}, stream=streamed)
        answer: Any = client(url).chat.completions.create(**fields)
        if not streamed:
            return json.loads(answer.choices[0].message.content)
        return json.loads("".join(each.choices[0].delta.content or "" for each in answer))

    return made


def twice(url: str) -> Any:
    """The same question with a seed, twice: the same text, and answers that can be told apart."""
    sdk = client(url)
    answers = [sdk.chat.completions.create(**asked(ASKED["plain"], seed=7)) for _ in range(2)]
    return {"texts": [each.choices[0].message.content for each in answers], "ids": len({each.id for each in answers})}


def tools_at_once(url: str) -> Any:
    """Ten streams of calls at the same time."""
    made = stream_tools(ASKED["both"], ASKED["tools"])
    return at_once(lambda _: made(url))


def functions(url: str) -> Any:
    """A function, as they were before tools, that has to be called."""
    offered = ASKED["tools"][0]["function"]
    fields = asked(ASKED["plain"], functions=[offered], function_call={"name": offered["name"]})
    called = client(url).chat.completions.create(**fields).choices[0].message.function_call
    return called and [called.name, json.loads(called.arguments)]


def concurrent(url: str) -> Any:
    """Ten chats at the same time."""
    sdk = client(url)
    return at_once(lambda text: sdk.chat.completions.create(**asked(text)).choices[0].message.content)


def image(url_of: str, *, streamed: bool = False) -> Call:
    """A question about an image."""
    parts = [{"type": "text", "text": "What is this?"}, {"type": "image_url", "image_url": {"url": url_of}}]
    messages = [{"role": "user", "content": parts}]
    return stream(messages=messages) if streamed else conversation(messages)


def wrong_key(key: str, *, streamed: bool = False) -> Call:
    """A chat with a key that is none."""

    def made(url: str) -> Any:
        answer: Any = client(url, key).chat.completions.create(**asked(ASKED["plain"], stream=streamed))
        return [each.choices[0].delta.content for each in answer] if streamed else seen(answer)

    return made


def missing_key(*, streamed: bool = False) -> Call:
    """A chat without a key."""

    def made(url: str) -> Any:
        fields = asked(ASKED["plain"], stream=streamed, extra_headers={"Authorization": openai.Omit()})
        answer: Any = client(url).chat.completions.create(**fields)
        return [each.choices[0].delta.content for each in answer] if streamed else seen(answer)

    return made


def models(url: str) -> Any:
    """The ids of the models."""
    return [model.id for model in client(url).models.list()]


def model(name: str) -> Call:
    """One model."""

    def made(url: str) -> Any:
        found = client(url).models.retrieve(name)
        return [found.id, found.owned_by]

    return made


def limited(url: str) -> Any:
    """More chats than a key may ask."""
    sdk = client(url, ASKED["limited_key"])
    return [seen(sdk.chat.completions.create(**asked(ASKED["plain"]))) for _ in range(4)]


def waited(url: str) -> Any:
    """More chats than a key may ask, by a client that may try again twice."""
    sdk = client(url, ASKED["limited_key"], retries=2)
    return [seen(sdk.chat.completions.create(**asked(ASKED["plain"]))) for _ in range(2)]


def embeddings(given: Any = ASKED["texts"], **fields: Any) -> Call:
    """Vectors, in base64 below where nothing is said of it."""

    def made(url: str) -> Any:
        answer = client(url).embeddings.create(**{"model": ASKED["embedder"], "input": given, **fields})
        vectors = [each.embedding for each in answer.data]
        return {"model": answer.model, "usage": answer.usage.model_dump(), "vectors": rounded(vectors)}

    return made


def _long() -> str:
    return "Repeat exactly: " + "".join(ASKED["long"].format(number) for number in range(ASKED["sentences"])).strip()


def _roles() -> Iterator[dict[str, Any]]:
    yield {"role": "system", "content": "You repeat."}
    yield {"role": "user", "content": "Say nothing yet.", "name": "somebody"}
    yield {"role": "assistant", "content": [{"type": "text", "text": "Well."}]}
    parts = [{"type": "text", "text": "Repeat exactly: one"}, {"type": "text", "text": " and two"}]
    yield {"role": "user", "content": parts}


def calls() -> dict[str, Call]:
    """All calls, by name."""
    tools, bare = {"tools": ASKED["tools"]}, {"tools": ASKED["bare_tools"]}
    developer = [{"role": "developer", "content": "You repeat."}, *user(ASKED["plain"])]
    return {
        "chat": chat(),
        "chat-unicode": chat(ASKED["unicode"]),
        "chat-long": chat(_long()),
        "chat-roles": conversation(list(_roles())),
        "chat-developer": conversation(developer),
        "chat-twice": twice,
        "chat-choices": chat(n=2),
        "chat-fields": chat(**ASKED["fields"]),
        "chat-stop": chat(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "chat-max-tokens": chat(max_tokens=ASKED["cut"]),
        "chat-max-completion-tokens": chat(max_completion_tokens=ASKED["cut"]),
        "chat-concurrent": concurrent,
        "chat-image": image(ASKED["image"]),
        "chat-image-stream": image(ASKED["image"], streamed=True),
        "chat-images": conversation(images()),
        "chat-context": chat(words(), max_tokens=ASKED["cut"]),
        "chat-image-broken": image(ASKED["not_an_image"]),
        "chat-functions": functions,
        "logprobs": logprobs,
        "logprobs-alone": logprobs_alone,
        "logprobs-stream": stream_logprobs,
        "stream": stream(),
        "stream-unicode": stream(ASKED["unicode"]),
        "stream-long": stream(_long()),
        "stream-usage": stream_usage,
        "stream-choices": stream_choices,
        "stream-stop": stream(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "stream-stop-string": stream(ASKED["stop"], stop=ASKED["stop_at"]),
        "stream-max-tokens": stream(max_tokens=ASKED["cut"]),
        "stream-max-completion-tokens": stream(max_completion_tokens=ASKED["cut"]),
        "gathered": gathered(),
        "gathered-unicode": gathered(ASKED["unicode"], stream_options={"include_usage": True}),
        "gathered-tools": gathered(ASKED["both"], **tools),
        "tools": chat(ASKED["both"], **tools),
        "tools-named": chat(ASKED["both"], tool_choice=ASKED["named"], **tools),
        "tools-required": chat("hello", tool_choice="required", **tools),
        "tools-forbidden": chat(ASKED["both"], tool_choice="none", **tools),
        "tools-one": chat(ASKED["both"], parallel_tool_calls=False, **tools),
        "tools-text": chat(ASKED["spoken"], **tools),
        "tools-text-stream": gathered(ASKED["spoken"], **tools),
        "tools-concurrent": tools_at_once,
        "tools-no-parameters": chat(ASKED["bare"], **bare),
        "tools-unknown-choice": chat(ASKED["both"], tool_choice=ASKED["unknown_choice"], **tools),
        "tools-round": tools_round,
        "tools-stream": stream_tools(ASKED["both"], ASKED["tools"]),
        "tools-stream-named": stream_tools(ASKED["both"], ASKED["tools"], tool_choice=ASKED["named"]),
        "tools-stream-forbidden": stream(ASKED["both"], tool_choice="none", **tools),
        "tools-stream-one": stream_tools(ASKED["both"], ASKED["tools"], parallel_tool_calls=False),
        "tools-stream-no-parameters": stream_tools(ASKED["bare"], ASKED["bare_tools"]),
        "schema": schema(ASKED["schema"]),
        "schema-stream": schema(ASKED["schema"], streamed=True),
        "schema-unusable": schema(ASKED["unusable_schema"]),
        "json-object": json_object(streamed=False),
        "json-object-stream": json_object(streamed=True),
        "embed": embeddings(ASKED["texts"][0]),
        "embed-list": embeddings(),
        "embed-list-of-one": embeddings(ASKED["texts"][:1]),
        "embed-float": embeddings(encoding_format="float"),
        "embed-dimensions": embeddings(dimensions=ASKED["dimensions"]),
        "embed-tokens": embeddings(ASKED["token_lists"]),
        "embed-token-list": embeddings(ASKED["token_lists"][0]),
        "embed-empty": embeddings(""),
        "embed-unknown-model": embeddings(model="nobody"),
        "embed-wrong-model": embeddings(model=MODEL),
        "models": models,
        "model": model(MODEL),
        "model-slash": model("wirecheck/echo"),
        "model-unknown": model("nobody"),
        "wrong-key-end": wrong_key(ASKED["wrong_keys"][0]),
        "wrong-key-capitals": wrong_key(ASKED["wrong_keys"][1]),
        "wrong-key": wrong_key(ASKED["wrong_keys"][2]),
        "wrong-key-stream": wrong_key(ASKED["wrong_keys"][2], streamed=True),
        "revoked-key": wrong_key(ASKED["revoked_key"]),
        "narrow-key": wrong_key(ASKED["narrow_key"]),
        **{f"token-{name}": wrong_key(token) for name, token in ASKED["tokens"].items()},
        "missing-key": missing_key(),
        "missing-key-stream": missing_key(streamed=True),
        "invalid": chat(temperature=3),
        "invalid-stream": stream(temperature=3),
        "unknown-model": chat(model="nobody"),
        "unknown-model-stream": stream(model="nobody"),
        "window": chat(max_tokens=ASKED["window"]),
        "failing": chat(model="echo-failing"),
        "failing-stream": stream(model="echo-failing"),
        "limited": limited,
        "limited-waits": waited,
        "models-narrow-key": lambda url: [each.id for each in client(url, ASKED["narrow_key"]).models.list()],
        **openai_texts.calls(),
        **openai_files.calls(),
        **openai_conversations.calls(),
        **openai_stored.calls(),
    }


if __name__ == "__main__":
    serve({"openai": openai.__version__}, calls())
