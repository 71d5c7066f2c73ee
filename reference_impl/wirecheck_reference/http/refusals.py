"""Errors of every layer as answers in the one envelope. Knows the framework's errors, and no route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeAlias

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.validation import refusal_of

Handler: TypeAlias = Callable[[Request, Any], Response | Awaitable[Response]]
_OPTIONS: Final = "OPTIONS"


def handle_errors(app: FastAPI) -> None:
    """Makes the app answer every error in the envelope."""
    app.add_exception_handler(ApiError, _answer)
    app.add_exception_handler(HTTPException, _answer_framework)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(ClientDisconnect, _end)


class Refusals:
    """Answers what is raised inside with the handler of its class; what has none goes on its way outside.

    As Starlette's own layer does, but for a watch on every message: an answer that has begun raises nothing that has a
    handler.
    """

    def __init__(self, app: ASGIApp, handlers: Mapping[Any, Handler]) -> None:
        self._app = app
        self._handlers = handlers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands everything on."""
        try:
            await self._app(scope, receive, send)
        except Exception as error:
            handler = next((self._handlers[kind] for kind in type(error).__mro__ if kind in self._handlers), None)
            if handler is None:
                raise
            answer = handler(Request(scope, receive, send), error)
            if not isinstance(answer, Response):
                answer = await answer
            await answer(scope, receive, send)


def refuse(inbound: Inbound, error: ApiError) -> Response:
    """The error as an answer."""
    body = error.body(inbound.request_id)
    return Response(body, error.status, error.headers, media_type="application/json")


async def _answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)  # noqa: S101  # registered for this class alone
    return refuse(Inbound.of(request.scope), error)


async def _end(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # What nginx calls a client that left; nobody receives it.


async def _answer_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # registered for this class alone
    details: list[Any] = [{**each, "loc": each["loc"][1:]} for each in error.errors()]
    return refuse(Inbound.of(request.scope), refusal_of(details, {**request.path_params, **request.query_params}))


async def _answer_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101  # registered for this class alone
    inbound = Inbound.of(request.scope)
    if error.status_code == 405:
        # RFC 9110 section 10.2.1: all that the path takes. Files have no list of their own.
        allowed = f"{(error.headers or {}).get('Allow', 'GET, HEAD')}, {_OPTIONS}"
        if request.method == _OPTIONS:
            return Response(status_code=204, headers={"Allow": allowed})
        message = f"{request.method} is not a method of this path."
        return refuse(
            Inbound.of(request.scope), ApiError(405, "method_not_allowed", message, headers={"Allow": allowed})
        )
    if error.status_code == 404:
        return refuse(inbound, ApiError(404, "not_found", "There is nothing at this path."))
    return refuse(
        Inbound.of(request.scope), ApiError(error.status_code, None, str(error.detail), headers=error.headers)
    )
