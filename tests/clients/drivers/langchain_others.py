"""LangChain's models beside those that chat: the one that continues texts, and the one that embeds."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any, Final

import openai

from tests.clients.drivers.lines import ASKED, Call, rounded

# By name: types are checked where these packages, of the group `clients` alone, are not installed.
_openai: Final = importlib.import_module("langchain_openai")
_tiktoken: Final = importlib.import_module("tiktoken")


@cache
def _letters_as_tokens() -> None:
    """Lets LangChain cut texts into tokens without a vocabulary, which it would fetch: a token for each byte."""
    letters = {bytes([each]): each for each in range(256)}
    encoding = _tiktoken.Encoding("cl100k_base", pat_str=r"(?s).", mergeable_ranks=letters, special_tokens={})
    importlib.import_module("tiktoken.registry").ENCODINGS["cl100k_base"] = encoding


@cache
def connections() -> Any:
    """One pool of connections: LangChain makes one for each model of these kinds."""
    return openai.DefaultHttpxClient()


def given(url: str) -> dict[str, Any]:
    """What models of these kinds are told of their server: to ask it once."""
    told = {"base_url": url, "api_key": ASKED["key"], "max_retries": 0, "timeout": ASKED["timeout"]}
    return {**told, "http_client": connections()}


def embedder(url: str, name: str, **fields: Any) -> Any:
    """A model that embeds; it sends tokens unless told otherwise."""
    _letters_as_tokens()
    return _openai.OpenAIEmbeddings(model=name, **given(url), **fields)


def writer(url: str, name: str = "echo", **fields: Any) -> Any:
    """A model that continues texts."""
    return _openai.OpenAI(model=name, **{"max_tokens": 64, **given(url), **fields})


def embeddings(name: str = ASKED["embedder"], **fields: Any) -> Call:
    """The vectors of documents, and that of a query."""

    def made(url: str) -> Any:
        chosen = embedder(url, name, **fields)
        documents, query = chosen.embed_documents(ASKED["texts"]), chosen.embed_query(ASKED["texts"][0])
        return {"documents": rounded(documents), "query": rounded([query])}

    return made


def texts(prompts: list[str], *, of: str = "echo", **fields: Any) -> Call:
    """Texts of several prompts, with what is told of each beside it."""

    def made(url: str) -> Any:
        found = writer(url, of, **fields).generate(prompts)
        told = [[[each.text, each.generation_info] for each in choices] for choices in found.generations]
        return {"texts": told, "usage": (found.llm_output or {}).get("token_usage")}

    return made


def streamed_text(prompt: str = ASKED["plain"], *, of: str = "echo", **fields: Any) -> Call:
    """A text as it comes."""
    return lambda url: "".join(writer(url, of, **fields).stream(prompt))


def texts_at_once(url: str) -> Any:
    """A batch, ten at a time."""
    prompts = [ASKED["alike"].format(number) for number in range(10)]
    return writer(url).batch(prompts, config={"max_concurrency": 10})


def calls() -> dict[str, Call]:
    """All calls on these, by name."""
    return {
        "completion": texts([ASKED["plain"]]),
        "completion-unicode": texts([ASKED["unicode"]]),
        "completion-list": texts(ASKED["prompts"]),
        "completion-choices": texts(ASKED["prompts"], n=2),
        "completion-best-of": texts([ASKED["plain"]], n=2, best_of=3),
        "completion-logprobs": texts([ASKED["plain"]], logprobs=2),
        "completion-stop": texts([ASKED["stop"]], stop=[ASKED["stop_at"]]),
        "completion-max-tokens": texts([ASKED["plain"]], max_tokens=ASKED["cut"]),
        "completion-concurrent": texts_at_once,
        "completion-unknown-model": texts([ASKED["plain"]], of="nobody"),
        "completion-stream": streamed_text(),
        "completion-stream-unicode": streamed_text(ASKED["unicode"]),
        "completion-stream-stop": streamed_text(ASKED["stop"], stop=[ASKED["stop_at"]]),
        "completion-stream-logprobs": streamed_text(logprobs=2),
        "completion-failing-stream": streamed_text(of="echo-failing"),
        "embed-tokens": embeddings(),
        "embed": embeddings(check_embedding_ctx_length=False),
        "embed-dimensions": embeddings(check_embedding_ctx_length=False, dimensions=ASKED["dimensions"]),
        "embed-unknown-model": embeddings("nobody"),
    }
