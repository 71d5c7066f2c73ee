"""What a route depends on: each can be overridden, and is solved once a request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Annotated, Any

import pytest
from fastapi import Depends
from fastapi.dependencies.models import Dependant
from wirecheck.area import smallest
from wirecheck.contract.operations import operations
from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.services import FromCatalogue, admit

from tests.reference.http.test_operations import OPERATIONS, ask, router_of, server


def needed_by(dependant: Dependant) -> Iterator[Callable[..., Any]]:
    """All that a handler depends on, however deep."""
    for each in dependant.dependencies:
        assert each.call is not None
        yield each.call
        yield from needed_by(each)


def _smallest(method: str, path: str) -> dict[str, Any]:
    """The smallest request that the operation answers."""
    found = operations().of(method, path)
    assert found is not None
    body = smallest(found)
    return {**body, "model": "echo"} if "model" in body else body


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_dependency_of_every_operation_can_be_overridden(operation: Operation) -> None:
    async def overridden() -> None:
        raise ApiError(409, "overridden", "This stands in its place.")

    path = operation.path_format.format(**dict.fromkeys(operation.param_convertors, "echo"))
    for dependency in set(needed_by(operation.dependant)):
        app = server()
        app.dependency_overrides[dependency] = overridden
        for method in operation.methods or ():
            form: dict[str, Any] = {"files": {"file": ("a.txt", b"a")}, "data": {"purpose": "assistants"}}
            sent = form if operation.name == "create_file" else {"json": _smallest(method, path)}
            answer = ask(app, method, path, **(sent if method == "POST" else {}))
            assert (answer.status_code, answer.json()["error"]["code"]) == (409, "overridden"), dependency


def plain() -> str:
    return "plain"


def described(catalogue: FromCatalogue) -> str:
    return catalogue.models()[0].id


async def _text(text: Annotated[str, Depends(plain)]) -> bytes:
    return json.dumps(text).encode()


def test_an_override_has_dependencies_of_its_own() -> None:
    app = server(router_of("/text", _text))
    assert ask(app, "GET", "/text").json() == "plain"
    app.dependency_overrides[plain] = described
    assert ask(app, "GET", "/text").json() == "echo"


async def fresh() -> object:
    return object()


async def also(value: Annotated[object, Depends(fresh)]) -> object:
    return value


async def _same(one: Annotated[object, Depends(fresh)], other: Annotated[object, Depends(also)]) -> dict[str, Any]:
    return {"same": one is other}


def test_a_dependency_is_solved_once_a_request() -> None:
    app = server(router_of("/once", _same))
    assert ask(app, "GET", "/once").json() == {"same": True}


def test_every_guarded_operation_admits_first() -> None:
    for operation in OPERATIONS:
        if operation.path.startswith("/v1/"):
            assert next(needed_by(operation.dependant)) is admit
