"""POST /v1/completions. Knows no engine in particular."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from wirecheck_contract import models

from wirecheck_reference.areas.completions import answers
from wirecheck_reference.engines.completion import CompletionRequest
from wirecheck_reference.generations import gathered
from wirecheck_reference.http.leaving import unless_left
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.http.responses import EVENTS, Answer, StreamAnswer
from wirecheck_reference.services import ADMITTED, FromCatalogue

router = APIRouter(route_class=Operation, dependencies=[ADMITTED])


@router.post("/v1/completions")
async def create_completion(
    asked: Annotated[CompletionRequest, json_document(models.CompletionRequest)],
    catalogue: FromCatalogue,
    request: Request,
) -> bytes | Answer:
    """The continuations of all prompts, as a whole or as events."""
    engine, model = catalogue.completion(asked["model"])
    generation = await engine.start_completion(asked, model)
    if asked.get("stream"):
        return StreamAnswer(answers.streamed(asked, model, generation), EVENTS)
    pieces = generation.ready
    if pieces is None:
        pieces = await unless_left(request.receive, gathered(generation))
    return answers.whole(asked, model, generation, pieces)
