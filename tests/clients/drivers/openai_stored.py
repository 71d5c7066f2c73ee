"""Stored chats by the official SDK for Python."""

from __future__ import annotations

from typing import Any

from tests.clients.drivers.lines import ASKED, Call
from tests.clients.drivers.openai_kept import common, own
from tests.clients.drivers.openai_reading import MODEL, asked, client, seen


def stored(sdk: Any, **fields: Any) -> Any:
    """A chat that is stored."""
    return sdk.chat.completions.create(**asked(ASKED["plain"], store=True, metadata=ASKED["labels"], **fields))


def kept_chat(url: str) -> Any:
    """A stored chat from its answer to its deletion."""
    sdk = client(url)
    new = stored(sdk)
    chats = sdk.chat.completions
    found, said = chats.retrieve(new.id), list(chats.messages.list(new.id))
    changed = chats.update(new.id, metadata=ASKED["other_labels"])
    again = chats.retrieve(new.id)
    labels = [own(chats.list(metadata=ASKED[name]), [new]) for name in ("labels", "other_labels")]
    models = [own(chats.list(model=name), [new]) for name in ("echo", "wirecheck/echo")]
    ended = chats.delete(new.id)
    return {
        "same": [seen(found) == seen(new), found.created == new.created],
        "found": [seen(found), found.metadata],
        "said": [[each.role, each.content] for each in said],
        "changed": [changed.metadata, again.metadata],
        "labels": labels,
        "models": models,
        "ended": [ended.deleted, ended.id == new.id],
    }


def kept_messages(url: str) -> Any:
    """The messages of a stored chat of several turns, page by page."""
    sdk = client(url)
    messages: list[Any] = [{"role": each["role"], "content": each["content"]} for each in ASKED["turns"]]
    new = sdk.chat.completions.create(model=MODEL, messages=messages, store=True)
    found = [[each.role, each.content] for each in sdk.chat.completions.messages.list(new.id, limit=2)]
    sdk.chat.completions.delete(new.id)
    return found


def kept_stream(url: str) -> Any:
    """A chat that was streamed, and stored."""
    sdk = client(url)
    id_ = [chunk.id for chunk in stored(sdk, stream=True)][-1]
    found = seen(sdk.chat.completions.retrieve(id_))
    sdk.chat.completions.delete(id_)
    return found["choices"]


def others_messages(url: str) -> Any:
    """The messages of a stored chat are asked for with another key."""
    sdk = client(url)
    new = stored(sdk)
    try:
        return len(client(url, ASKED["other_key"]).chat.completions.messages.list(new.id).data)
    finally:
        sdk.chat.completions.delete(new.id)


def not_kept(url: str) -> Any:
    """A chat that was not to be stored is asked for."""
    sdk = client(url)
    new = sdk.chat.completions.create(**asked(ASKED["plain"], store=False, metadata=ASKED["labels"]))
    return seen(sdk.chat.completions.retrieve(new.id))


def calls() -> dict[str, Call]:
    """All calls on stored chats, by name."""
    return {
        "stored": kept_chat,
        "stored-messages": kept_messages,
        "stored-stream": kept_stream,
        "stored-others-messages": others_messages,
        "stored-not": not_kept,
        "stored-unknown": lambda url: client(url).chat.completions.retrieve("chatcmpl-nobody").model,
        "stored-unknown-change": lambda url: client(url).chat.completions.update("chatcmpl-nobody", metadata={}).id,
        **common("stored", lambda sdk: sdk.chat.completions, stored, "chatcmpl-nobody", listed=True),
    }
