"""POST /v1/chat/completions. Knows no engine in particular."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic_core import to_json
from wirecheck_contract.models import ChatCompletionRequest

from wirecheck_reference.areas.chat import answers
from wirecheck_reference.creating import FromOnce, digest_of
from wirecheck_reference.engines.catalogue import Catalogue
from wirecheck_reference.engines.chat import ChatRequest
from wirecheck_reference.generations import DONE, gathered
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.leaving import unless_left
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.http.responses import EVENTS, LINES, Answer, StreamAnswer, event, line
from wirecheck_reference.services import ADMITTED, FromCaller, FromCatalogue, FromDatabase
from wirecheck_reference.store.completions import StoredCompletions

router = APIRouter(route_class=Operation, dependencies=[ADMITTED])


def keeping(database: FromDatabase, caller: FromCaller) -> answers.Keep:
    """What keeps an answer for the caller."""
    return StoredCompletions(database, caller.tenant).keep


@router.post("/v1/chat/completions")
async def create_chat_completion(
    chat: Annotated[ChatRequest, json_document(ChatCompletionRequest)],
    catalogue: FromCatalogue,
    keep: Annotated[answers.Keep, Depends(keeping)],
    once: FromOnce,
    request: Request,
) -> bytes | Answer:
    """An answer of the model as a whole, or in chunks: as events, or as lines for those who accept NDJSON.

    What is to be stored is stored before the answer is over.
    """
    if once.key is not None and chat.get("store") is True and not chat.get("stream"):
        async with once.attempt() as attempt:
            digest = digest_of(chat)
            if attempt.repeats:
                return attempt.again(digest)
            return await _answer(chat, catalogue, partial(keep, also=attempt.also(digest)), request)
    return await _answer(chat, catalogue, keep, request)


async def _answer(chat: ChatRequest, catalogue: Catalogue, keep: answers.Keep, request: Request) -> bytes | Answer:
    engine, model = catalogue.chat(chat["model"])
    generation = await engine.start_chat(chat, model)
    stores = chat.get("store") is True
    if chat.get("stream"):
        kept = keep if stores else None
        if LINES in Inbound.of(request.scope).header(b"accept"):
            return StreamAnswer(answers.streamed(chat, model, generation, line, b"", kept), LINES)
        return StreamAnswer(answers.streamed(chat, model, generation, event, DONE, kept), EVENTS)
    deltas = generation.ready
    if deltas is None:
        deltas = await unless_left(request.receive, gathered(generation))
    answer = answers.whole(chat, model, generation, deltas)
    if stores:
        await keep(answer, chat)
    return to_json(answer)
