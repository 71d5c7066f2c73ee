"""POST /v1/chat/completions: from the bytes of a request to those of its answer. Knows no engine in particular."""

from __future__ import annotations

from contextlib import aclosing
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from wirecheck_contract.models import ChatCompletionRequest

from wirecheck_reference.areas.chat import answers
from wirecheck_reference.http.access import Gate
from wirecheck_reference.http.bodies import read_json
from wirecheck_reference.services import get_catalogue, get_gate, get_settings
from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.engines.chat import Generation
from wirecheck_reference.errors import ApiError
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.leaving import Leaving
from wirecheck_reference.http.refusals import refuse
from wirecheck_reference.settings import Settings
from wirecheck_reference.http.validation import validate_json

PATH: Final = "/v1/chat/completions"
router = APIRouter()
_NDJSON: Final = b"application/x-ndjson"
_STREAM_HEADERS: Final = [(b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no")]


class Answer:
    """A chat answer, an ASGI app: nothing is sent before all that can be refused was looked at."""

    def __init__(self, request: dict[str, Any], generation: Generation, *, lines: bool) -> None:
        self._request = request
        self._generation = generation
        self._lines = lines

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  # the signature of ASGI
        """Sends the answer. Stops the generation when the client leaves."""
        ready = self._generation.ready
        if ready is not None and not self._request.get("stream"):
            await send_json(send, answers.whole(self._request, self._generation, ready))
            return
        async with Leaving(receive):
            if self._request.get("stream"):
                await self._stream(send)
            else:
                deltas = await answers.said(self._generation)
                await send_json(send, answers.whole(self._request, self._generation, deltas))

    async def _stream(self, send: Send) -> None:
        media = _NDJSON if self._lines else b"text/event-stream; charset=utf-8"
        headers = [(b"content-type", media), *_STREAM_HEADERS]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        framed, end = (answers.line, b"") if self._lines else (answers.event, answers.DONE)
        async with aclosing(answers.streamed(self._request, self._generation, framed, end)) as frames:
            async for frame in frames:
                await send({"type": "http.response.body", "body": frame, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def send_json(send: Send, body: bytes) -> None:
    """Sends a JSON document with status 200."""
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def answer_to(scope: Scope, receive: Receive, catalogue: Catalogue, gate: Gate, settings: Settings) -> Answer:
    """The answer, begun. Raises `ApiError` in this order: 401, 429, 415, 413, 400 syntax, 422, 404 model, 400 value."""
    inbound = Inbound.of(scope)
    await gate.admit(inbound)
    body, request = await read_json(inbound, receive, settings.max_body_bytes)
    validate_json(ChatCompletionRequest, body, request)
    engine, model = catalogue.find(request["model"])
    generation = await engine.start(request, model)
    return Answer(request, generation, lines=_NDJSON in inbound.headers.get(b"accept", b""))


class _Solved(Response):
    """An answer as FastAPI wants it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope, receive, send)


@router.post(PATH)
async def create_chat_completion(
    request: Request,
    catalogue: Annotated[Catalogue, Depends(get_catalogue)],
    gate: Annotated[Gate, Depends(get_gate)],
    settings: Annotated[Settings, Depends(get_settings)],
) -> Response:
    """A chat answer."""
    return _Solved(await answer_to(request.scope, request.receive, catalogue, gate, settings))


class Shortcut:
    """Answers chat before FastAPI does, in the same way, unless a dependency is overridden.

    Routing, solving dependencies, exit stacks and request objects cost as much as validation and answer together.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Takes `POST` of the chat path, and hands everything else on."""
        if scope.get("path") != PATH or scope["method"] != "POST" or scope["app"].dependency_overrides:
            await self._app(scope, receive, send)
            return
        state = scope["app"].state
        try:
            answer = await answer_to(scope, receive, state.catalogue, state.gate, state.settings)
            await answer(scope, receive, send)
        except ApiError as error:
            # Nothing has been sent: an answer that has begun tells of its failures itself.
            await refuse(Inbound.of(scope), error)(scope, receive, send)
