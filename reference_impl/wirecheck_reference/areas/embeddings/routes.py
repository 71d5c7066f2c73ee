"""POST /v1/embeddings. Knows no engine in particular."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Request
from wirecheck_contract.models import EmbeddingRequest

from wirecheck_reference.areas.embeddings.answers import listed
from wirecheck_reference.engines.embedding import Input
from wirecheck_reference.http.leaving import unless_left
from wirecheck_reference.http.operations import Operation
from wirecheck_reference.http.requests import json_document
from wirecheck_reference.services import ADMITTED, FromCatalogue

router = APIRouter(route_class=Operation, dependencies=[ADMITTED])


@router.post("/v1/embeddings")
async def create_embedding(
    asked: Annotated[Mapping[str, Any], json_document(EmbeddingRequest)], catalogue: FromCatalogue, request: Request
) -> Mapping[str, Any]:
    """A vector for each input."""
    engine, model = catalogue.embedding(asked["model"])
    dimensions = asked.get("dimensions")
    work = engine.embed(_inputs(asked["input"]), dimensions and int(dimensions), model)
    embedded = await unless_left(request.receive, work)
    return listed(embedded, model.id, base64=asked.get("encoding_format") == "base64")


def _inputs(given: Any) -> Sequence[Input]:
    """The inputs as a list: a text and a list of tokens are one each."""
    return given if isinstance(given, list) and isinstance(given[0], (str, list)) else [given]
