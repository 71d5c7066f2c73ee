"""The one way to write a route: dependencies, bodies, parameters, answers, and the order of refusals."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator
from typing import Annotated, Any

import httpx2
import pytest
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response
from wirecheck_contract.models import ChatCompletionRequest, Model
from wirecheck_contract.params import ListModelsParametersQuery
from wirecheck_reference.app import ReferenceServer, create_app
from wirecheck_reference.areas import routers
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.requests import json_body
from wirecheck_reference.http.responses import LINES, Answer, JsonAnswer, StreamAnswer, line
from wirecheck_reference.http.table import OperationTable
from wirecheck_reference.services import ADMITTED, FromCaller
from wirecheck_reference.settings import Settings

from tests.reference.child import CHAT

MODEL = Model(id="m", object="model", created=1767225600, owned_by="test")
HELLO = {"model": "echo", "messages": [{"role": "user", "content": "hello"}]}
OPERATIONS = [route for router in routers() for route in router.routes if isinstance(route, Operation)]


def router_of(path: str, handler: Callable[..., Any], **given: Any) -> APIRouter:
    """A router with one operation, GET unless told otherwise."""
    router = APIRouter(route_class=Operation)
    router.add_api_route(path, handler, **{"methods": ["GET"], **given})
    return router


def ask(app: ReferenceServer, method: str, path: str, **given: Any) -> httpx2.Response:
    """What the app answers, in this process."""

    async def asked() -> httpx2.Response:
        client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test")
        async with app.router.lifespan_context(app), client:
            return await client.request(method, path, **given)

    return asyncio.run(asked())


def server(*routers: APIRouter, **settings: Any) -> ReferenceServer:
    """A server with more areas than it has."""
    app = create_app(Settings(log_level="error", **settings))
    for router in routers:
        app.include_area(router)
    return app


def test_there_is_an_operation_for_each_of_the_contract() -> None:
    document = ask(server(), "GET", "/openapi.json").json()
    declared = {(path, method.upper()) for path, item in document["paths"].items() for method in item}
    assert {(path, method) for path, method in declared if method != "PARAMETERS"} <= {
        (each.path.replace(":path", ""), method) for each in OPERATIONS for method in each.methods or ()
    }


async def _model() -> Model:
    return MODEL


async def _document() -> dict[str, Any]:
    return {"id": "m"}


async def _bytes() -> bytes:
    return b'{"id":"m"}'


async def _created() -> Answer:
    return JsonAnswer(MODEL, status=201, headers={"Location": "/m"})


async def _lines() -> Answer:
    async def frames() -> AsyncGenerator[bytes]:
        yield line(b'{"id":')
        yield line(b'"m"}')

    return StreamAnswer(frames(), LINES)


@pytest.mark.parametrize(
    ("handler", "status", "media"),
    [
        (_model, 200, "application/json"),
        (_document, 200, "application/json"),
        (_bytes, 200, "application/json"),
        (_created, 201, "application/json"),
        (_lines, 200, "application/x-ndjson"),
    ],
)
def test_what_a_handler_returns_is_the_answer(
    handler: Callable[[], Coroutine[Any, Any, Any]], status: int, media: str
) -> None:
    answer = ask(server(router_of("/m", handler)), "GET", "/m")
    assert (answer.status_code, answer.headers["content-type"]) == (status, media)
    assert answer.json()["id"] == "m"
    assert answer.headers["x-request-id"]
    assert answer.headers.get("location") == ("/m" if status == 201 else None)


def test_a_body_is_a_value_of_its_model() -> None:
    async def handler(body: Annotated[ChatCompletionRequest, json_body(ChatCompletionRequest)]) -> dict[str, Any]:
        return {"model": body.model}

    app = server(router_of("/chats", handler, methods=["POST"]))
    assert ask(app, "POST", "/chats", json=HELLO).json() == {"model": "echo"}
    refused = ask(app, "POST", "/chats", json={**HELLO, "n": 0})
    assert (refused.status_code, refused.json()["error"]["param"]) == (422, "n")


def test_path_and_query_are_read_and_refused() -> None:
    async def handler(number: int, query: Annotated[ListModelsParametersQuery, Query()]) -> dict[str, Any]:
        return {"number": number, "given": sorted(query.model_fields_set)}

    app = server(router_of("/numbers/{number}", handler))
    assert ask(app, "GET", "/numbers/7?limit=3").json() == {"number": 7, "given": ["limit"]}
    for path, param in (("/numbers/seven", "number"), ("/numbers/7?limit=0", "limit"), ("/numbers/7?more=1", "more")):
        refused = ask(app, "GET", path)
        assert (refused.status_code, refused.json()["error"]["param"]) == (422, param)


def test_a_caller_is_known_by_a_digest_of_the_key() -> None:
    async def handler(caller: FromCaller) -> dict[str, Any]:
        return {"tenant": caller.tenant}

    app = server(router_of("/me", handler, dependencies=[ADMITTED]), api_keys="one,other")
    one, again, other = (
        ask(app, "GET", "/me", headers={"authorization": f"Bearer {key}"}).json()["tenant"]
        for key in ("one", "one", "other")
    )
    assert one == again != other
    assert len(one) == 64
    assert "one" not in one
    assert ask(app, "GET", "/me").status_code == 401


def test_refusals_come_in_their_order() -> None:
    keys = {"api_keys": "right", "limited_keys": "small", "limited_rate": "1/minute", "max_body_bytes": 600}
    right = {"authorization": "Bearer right"}
    text, known = {"content-type": "text/plain"}, {"content-type": "application/json"}
    long, broken = b'{"model": ' + b" " * 600, b'{"model": '
    wrong = {"model": "nobody", "messages": [], "max_tokens": 5000}
    steps: list[tuple[int, dict[str, Any]]] = [
        (401, {"headers": text, "content": long}),
        (415, {"headers": right | text, "content": long}),
        (413, {"headers": right | known, "content": long}),
        (400, {"headers": right | known, "content": broken}),
        (422, {"headers": right, "json": wrong}),
        (404, {"headers": right, "json": wrong | {"messages": HELLO["messages"]}}),
        (400, {"headers": right, "json": wrong | HELLO}),
        (200, {"headers": right, "json": HELLO}),
    ]
    app = server(**keys)
    assert [ask(app, "POST", CHAT, **given).status_code for _, given in steps] == [status for status, _ in steps]
    limited = {"headers": {"authorization": "Bearer small"} | text, "content": long}
    assert [ask(app, "POST", CHAT, **limited).status_code for _ in range(2)] == [415, 429]


def test_a_path_has_all_its_methods_and_goes_before_a_template() -> None:
    async def get() -> dict[str, Any]:
        return {"by": "path"}

    async def post() -> dict[str, Any]:
        return {"by": "post"}

    async def template(name: str) -> dict[str, Any]:
        return {"by": name}

    app = server(
        router_of("/things/{name:path}", template),
        router_of("/things/{name}/parts", get),
        router_of("/things/all", get),
        router_of("/things/all", post, methods=["POST"]),
    )
    assert ask(app, "GET", "/things/all").json() == {"by": "path"}
    assert ask(app, "POST", "/things/all").json() == {"by": "post"}
    assert ask(app, "GET", "/things/some").json() == {"by": "some"}
    assert ask(app, "GET", "/things/some/parts").json() == {"by": "path"}
    assert ask(app, "GET", "/things/some/more").json() == {"by": "some/more"}
    refused = ask(app, "PUT", "/things/all")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, POST, OPTIONS")


def test_two_operations_cannot_have_one_path_and_method() -> None:
    router = router_of("/m", _model)
    with pytest.raises(ValueError, match="two operations are GET /m"):
        OperationTable([*router.routes, *router.routes], server())  # type: ignore[list-item]  # all are operations


def test_middleware_and_handlers_of_errors_keep_working() -> None:
    class Refused(Exception):
        """What a test raises."""

    async def handler() -> None:
        raise Refused

    def answer(request: Any, error: Any) -> Any:  # as FastAPI calls it
        return Response("no", status_code=418)

    seen: list[str] = []

    def layer(app: Any) -> Any:
        async def wrapped(scope: Any, receive: Any, send: Any) -> None:
            seen.append(scope["type"])
            await app(scope, receive, send)

        return wrapped

    app = server(router_of("/refused", handler))
    app.add_exception_handler(Refused, answer)
    app.add_middleware(layer)
    assert ask(app, "GET", "/refused").status_code == 418
    assert seen == ["http"]


def test_a_failure_is_answered_without_a_word_of_it() -> None:
    async def handler() -> None:
        raise RuntimeError("s3cret")

    answer = ask(server(router_of("/fails", handler)), "GET", "/fails")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal_error")
    assert "s3cret" not in answer.text
    assert answer.json()["request_id"] == answer.headers["x-request-id"]


def _generator() -> Iterator[int]:
    yield 1


def _header(name: Annotated[str, Depends(_generator)]) -> str:
    return name


async def _reads_body(body: dict[str, Any]) -> None:
    assert body


async def _uses_generator(value: Annotated[str, Depends(_header)]) -> None:
    assert value


def _blocks() -> None:
    return None


@pytest.mark.parametrize("handler", [_reads_body, _uses_generator, _blocks])
def test_what_no_operation_can_do_is_refused_when_it_is_written(handler: Callable[..., Any]) -> None:
    with pytest.raises(TypeError, match=handler.__name__.replace("_uses", "")):
        router_of("/x", handler, methods=["POST"])
