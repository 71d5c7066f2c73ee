"""A fault is wrong in meaning: where it says, for whoever asks, however the request is spelled."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib.resources import files
from typing import Any, Final

import pytest
from pydantic import SecretStr
from starlette.types import ASGIApp
from wirecheck.contract.operations import operations
from wirecheck_reference.app import create_app
from wirecheck_reference.faults import all_faults
from wirecheck_reference.faults.kinds.fault import Fault
from wirecheck_reference.faults.kinds.operations import find_operation, operation_ids
from wirecheck_reference.settings import Settings

from tests.reference.chat.test_tools import TOOLS
from tests.reference.child import CHAT
from tests.reference.in_process import JSON, Reply, ask

KEY: Final = "sk-of-the-tests"
FAULTS: Final = pytest.mark.parametrize("fault", all_faults(), ids=lambda fault: fault.name)


@pytest.fixture(autouse=True)
def _no_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name has an address here: nobody is asked for one, and nothing waits for an answer."""

    def nobody(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "no name has an address here")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)


@asynccontextmanager
async def started(fault: str | None, *keys: str) -> AsyncIterator[ASGIApp]:
    """A server of its own with a fault, or a right one."""
    app = create_app(Settings(api_keys=[SecretStr(key) for key in keys], fault=fault, log_level="error"))
    async with app.router.lifespan_context(app):
        yield app


def chat_body(text: str = "hello", **fields: Any) -> dict[str, Any]:
    """A chat request as a document."""
    return {"model": "echo", "messages": [{"role": "user", "content": text}], **fields}


def meaning_of(reply: Reply) -> tuple[Any, ...]:
    """A reply without what differs from one answer to the next, nor how far a parser came in the bytes."""
    changing = ("x-request-id", "x-process-time", "content-length")
    headers = {name: value for name, value in reply.headers.items() if name not in changing}
    body = re.sub(
        rb'"(id|created|created_at|updated_at|request_id|uptime_seconds|signing_secret|signing_secret_hint)":'
        rb'("[^"]*"|[0-9.]+)|column [0-9]+',
        b"",
        reply.body,
    )
    return reply.status, headers, body, reply.hung_up, reply.silent, reply.open


# Requests beside those that the contract's own examples make: other kinds of answers of the same operations.
MORE: Final[dict[str, tuple[tuple[str, str, bytes], ...]]] = {
    "createChatCompletion": (
        ("POST", CHAT, json.dumps(chat_body()).encode()),
        ("POST", CHAT, json.dumps(chat_body(stream=True)).encode()),
    ),
    "getModel": (("GET", "/v1/models/wirecheck/echo", b""), ("GET", "/v1/models/x", b"")),
}


def _resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        target: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target
    return node


def _requests() -> dict[str, tuple[tuple[str, str, bytes], ...]]:
    """Requests for each operation: the examples of the contract, no JSON where it takes a body, and `MORE`."""
    document = json.loads(files("wirecheck_contract").joinpath("openapi.json").read_bytes())
    found: dict[str, tuple[tuple[str, str, bytes], ...]] = {}
    for template, item in document["paths"].items():
        for method, operation in item.items():
            if "operationId" not in operation:
                continue
            path = template
            for parameter in (_resolved(document, each) for each in operation.get("parameters", ())):
                if parameter["in"] == "path":
                    path = path.replace(f"{{{parameter['name']}}}", parameter["example"])
            content = _resolved(document, operation.get("requestBody", {})).get("content", {})
            examples = content.get("application/json", {}).get("examples", {})
            bodies = [json.dumps(_resolved(document, each)["value"]).encode() for each in examples.values()]
            bodies = [*bodies, b"{"] if content else [b""]
            requests = tuple((method.upper(), path, body) for body in bodies)
            found[operation["operationId"]] = (*requests, *MORE.get(operation["operationId"], ()))
    return found


ROUTES: Final = _requests()


def test_there_is_a_request_for_each_operation() -> None:
    assert set(ROUTES) == set(operation_ids())
    assert set(MORE) <= set(ROUTES)


def test_operations_are_told_by_method_and_path() -> None:
    for operation, requests in ROUTES.items():
        for method, path, _ in requests:
            found = find_operation(method, path)
            assert found is not None
            assert found.id == operation
    slash = find_operation("GET", "/v1/models/wirecheck/echo")
    assert slash is not None
    assert slash.parameters == {"model": "wirecheck/echo"}
    assert find_operation("PUT", CHAT) is None
    assert find_operation("GET", "/v1/no-such") is None


async def _answers(fault: str | None, chosen: Callable[[str], int | None]) -> dict[str, list[tuple[Any, ...]]]:
    """What a server answers by operation: first to one without a key, then to the requests up to a chosen number."""
    headers = {**JSON, "authorization": f"Bearer {KEY}"}
    async with started(fault, KEY) as app:
        return {
            operation: [
                meaning_of(await ask(app, *request, headers=given))
                for request, given in [(requests[0], JSON), *((each, headers) for each in requests)][
                    : chosen(operation)
                ]
            ]
            for operation, requests in ROUTES.items()
        }


@cache
def _right_answers() -> dict[str, list[tuple[Any, ...]]]:
    return asyncio.run(_answers(None, lambda _: None))


@FAULTS
def test_a_fault_changes_only_the_operations_that_it_names(fault: Fault) -> None:
    named = set(fault.document()["at"])
    near = {tag for name in named for tag in operations()[name].tags}
    # What is right for sure, in other areas, is asked twice an operation; what may be wrong in each way that there is.
    wrong = asyncio.run(_answers(fault.name, lambda name: None if near & set(operations()[name].tags) else 2))
    for operation in set(operation_ids()) - named:
        assert wrong[operation] == _right_answers()[operation][: len(wrong[operation])]


@FAULTS
def test_no_fault_fails_without_keys(fault: Fault) -> None:
    async def statuses() -> list[int]:
        bodies = (b"", json.dumps(chat_body()).encode(), json.dumps(chat_body(stream=True)).encode())
        requests = zip(("GET", "POST", "POST"), ("/v1/models", CHAT, CHAT), bodies, strict=True)
        async with started(fault.name) as app:
            return [(await ask(app, *request, JSON)).status for request in requests]

    assert 500 not in asyncio.run(statuses())


# Documents in which every fault of requests finds what it looks for, some of them sent again and again.
DOCUMENTS: Final[tuple[dict[str, Any], ...]] = (
    chat_body(),
    chat_body(seed=5),
    chat_body(seed=5),
    *(chat_body(f"the one before and number {number}") for number in range(6)),
    chat_body("日本語 naïve 🦊", stream=True),
    chat_body("日本語 naïve 🦊"),
    chat_body("null \x00 byte"),
    chat_body("half \ud83e character"),
    chat_body(""),
    chat_body("a b c d e f g", stop="d e"),
    chat_body("a b c d e f g", stop=["d e"], stream=True),
    chat_body("a b c d e f g", max_tokens=3, stream=True),
    chat_body("a b c d e f g", max_completion_tokens=3),
    chat_body("a b c d e f g", max_completion_tokens=3, stream=True),
    chat_body(n=2),
    chat_body(n=2, stream=True),
    chat_body(n=1000),
    chat_body(n=0, stream=True),
    chat_body(max_tokens=0),
    chat_body(max_tokens=5000),
    chat_body(max_tokens=10**8),
    chat_body(temperature=9),
    chat_body(stop=list("abcdef")),
    chat_body(logprobs=True),
    chat_body(logprobs=True, top_logprobs=30),
    chat_body(tools="none"),
    chat_body(tools=TOOLS, tool_choice="required"),
    chat_body(tools=TOOLS, tool_choice="required", stream=True),
    chat_body(tools=TOOLS, tool_choice="none", stream=True),
    chat_body(tools=TOOLS, tool_choice={"type": "function", "function": {"name": "get_time"}}),
    chat_body(response_format={"type": "rhyme"}),
    chat_body(response_format={"type": "json_object"}),
    chat_body(response_format={"type": "json_schema", "json_schema": {"name": "s", "schema": {"$ref": "#/x"}}}),
    chat_body(verbosity="much"),
    chat_body(metadata={"a": "b"}),
    chat_body(unheard_of=1),
    chat_body(stream_options={"include_usage": True}),
    chat_body(model="nobody"),
    {"model": "echo"},
    {"model": "echo", "messages": [{"role": "nobody", "content": "hello"}]},
    {"model": "echo", "messages": [{"role": "system", "content": "hi"}, {"role": "developer", "content": "hi"}]},
    {"model": "echo", "messages": [{"role": "user", "content": [{"type": "text", "text": "hello"}]}]},
)


EMBEDDINGS: Final = "/v1/embeddings"
_FIELDS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {"input": ["hello"]},
    *({"input": texts} for texts in (["one", "two"], ["three", "four"], ["日本語", "naïve 🦊", "b", "c"])),
    *({"input": odd} for odd in ("", [], 5, [1, 2], [[1], [2, 3]], "word " * 9000, ["a"] * 2049, ["long " * 600])),
    *({"encoding_format": form} for form in ("base64", "float", None, "hex")),
    *({"dimensions": number} for number in (64, 256, 0, None)),
    *({"model": name} for name in ("echo", "nobody", "", 5)),
    {"user": None},
)
EMBEDDING_DOCUMENTS: Final = tuple({"model": "hash-embed", "input": "hello", **fields} for fields in _FIELDS)


SPELLED: Final = {"createChatCompletion": (CHAT, DOCUMENTS), "createEmbedding": (EMBEDDINGS, EMBEDDING_DOCUMENTS)}


_SEEN: Final = [
    each for each in all_faults() if each.kind in ("on_request", "on_connection", "on_silence", "on_answer")
]


@pytest.mark.parametrize(
    "fault", [each for each in _SEEN if set(each.document()["at"]) & set(SPELLED)], ids=lambda fault: fault.name
)
def test_a_fault_does_not_see_how_a_request_is_spelled(fault: Fault) -> None:
    async def replies(separators: tuple[str, str]) -> list[tuple[Any, ...]]:
        deep = "[" * 1500 + "]" * 1500
        named = [SPELLED[name] for name in SPELLED if name in fault.document()["at"]]
        sent = [(path, json.dumps(each, separators=separators)) for path, documents in named for each in documents]
        sent += [(CHAT, body) for body in (deep, json.dumps(chat_body(), separators=separators), f"  {deep}\n")]
        async with started(fault.name) as app:
            return [meaning_of(await ask(app, "POST", path, body.encode(), JSON)) for path, body in sent]

    assert asyncio.run(replies((",", ":"))) == asyncio.run(replies((" , ", " : ")))


def test_two_apps_share_nothing() -> None:
    async def texts() -> list[Any]:
        body = json.dumps(chat_body(seed=5)).encode()
        async with started("ignores-the-seed") as one, started("ignores-the-seed") as another:
            replies = [await ask(app, "POST", CHAT, body, JSON) for app in (one, another, one)]
        return [json.loads(reply.body)["choices"] for reply in replies]

    first, of_another, second = asyncio.run(texts())
    assert first == of_another
    assert first != second
