"""LangChain's client works unchanged: chat, streams, tools, embeddings."""

from __future__ import annotations

from typing import Any

import pytest
from langchain_openai import ChatOpenAI, OpenAIEmbeddings
from pydantic import SecretStr

from tests.reference.child import Child

SAID = "The fox naïve, 日本語 and 🦊 said"
RIGHT = SecretStr("right")


def chat(server: Child, **fields: Any) -> ChatOpenAI:
    return ChatOpenAI(model="echo", base_url=f"{server.url}/v1", api_key=RIGHT, max_retries=0, **fields)


def embeddings(server: Child, **fields: Any) -> OpenAIEmbeddings:
    # Lengths are looked up in a table that it would have to download first: texts are sent as they are.
    return OpenAIEmbeddings(
        model="hash-embed", base_url=f"{server.url}/v1", api_key=RIGHT, check_embedding_ctx_length=False, **fields
    )


def test_it_chats(guarded: Child) -> None:
    answer = chat(guarded).invoke(SAID)
    assert answer.content == SAID
    assert answer.usage_metadata is not None
    assert answer.usage_metadata["total_tokens"] > 0
    parts = list(chat(guarded, stream_usage=True).stream(SAID))
    assert "".join(str(part.content) for part in parts) == SAID
    assert [part.usage_metadata for part in parts if part.usage_metadata] == [answer.usage_metadata]


def test_it_calls_tools(guarded: Child) -> None:
    city = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
    offered = {"type": "function", "function": {"name": "get_time", "parameters": city}}
    answer: Any = chat(guarded).bind_tools([offered], tool_choice="required").invoke("what time is it?")
    assert [(call["name"], call["args"]) for call in answer.tool_calls] == [("get_time", {"city": ""})]


def test_it_embeds(guarded: Child) -> None:
    one, near, far = embeddings(guarded).embed_documents(["a cat sat", "a cat sits", "stock markets fell"])
    assert embeddings(guarded).embed_query("a cat sat") == pytest.approx(one)
    assert len(embeddings(guarded, dimensions=8).embed_query("a cat sat")) == 8

    def alike(other: list[float]) -> float:
        return sum(left * right for left, right in zip(one, other, strict=True))

    assert alike(near) > alike(far)
