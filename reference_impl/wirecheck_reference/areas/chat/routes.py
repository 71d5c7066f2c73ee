"""POST /v1/chat/completions. Knows no engine in particular."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from wirecheck_contract.models import ChatCompletionRequest

from wirecheck_reference.areas.chat import answers
from wirecheck_reference.engines.chat import ChatRequest
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.leaving import unless_left
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.http.responses import EVENTS, LINES, Answer, StreamAnswer, event, line
from wirecheck_reference.services import ADMITTED, FromCatalogue

router = APIRouter(route_class=Operation, dependencies=[ADMITTED])


@router.post("/v1/chat/completions")
async def create_chat_completion(
    chat: Annotated[ChatRequest, json_document(ChatCompletionRequest)], catalogue: FromCatalogue, request: Request
) -> bytes | Answer:
    """An answer of the model as a whole, or in chunks: as events, or as lines for those who accept NDJSON."""
    engine, model = catalogue.chat(chat["model"])
    generation = await engine.start_chat(chat, model)
    if chat.get("stream"):
        if LINES in Inbound.of(request.scope).header(b"accept"):
            return StreamAnswer(answers.streamed(chat, generation, line, b""), LINES)
        return StreamAnswer(answers.streamed(chat, generation, event, answers.DONE), EVENTS)
    deltas = generation.ready
    if deltas is None:
        deltas = await unless_left(request.receive, answers.said(generation))
    return answers.whole(chat, generation, deltas)
