"""What operations read of a request's body, as dependencies: other kinds of bodies get one each. Knows no operation."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, Request
from pydantic import BaseModel

from wirecheck_reference.http.bodies import read_json
from wirecheck_reference.http.forms import Form
from wirecheck_reference.http.inbound import Inbound
from wirecheck_reference.http.pauses import impatient
from wirecheck_reference.http.validation import validate_json
from wirecheck_reference.services import FromServices, Services


def json_document(model: type[BaseModel]) -> Any:
    """Depends on the body as it came, once the model has accepted it.

    A parameter says `Annotated[Mapping[str, Any], json_document(Model)]`. Raises `ApiError`: 415, 413, 408 for
    what stops arriving, 400 for what is no JSON, 422 for what is no such document.
    """

    async def read_document(request: Request, services: FromServices) -> Any:
        body, document = await _read(request, services)
        validate_json(model, body, document)
        return document

    return Depends(read_document)


def json_body(model: type[BaseModel]) -> Any:
    """Depends on the body as a value of the model, as `json_document` does on the document that it is."""

    async def read_model(request: Request, services: FromServices) -> BaseModel:
        body, document = await _read(request, services)
        return validate_json(model, body, document)

    return Depends(read_model)


def form_with_file(model: type[BaseModel], file: str) -> Any:
    """Depends on the body as a `Form` that the handler reads, whose field `file` goes where the handler says.

    Raises `ApiError`: 415 and 400 for what is no form. All else is refused as it is read.
    """

    def form_of(request: Request, services: FromServices) -> Form[Any]:
        receive = impatient(request.receive, services.settings.max_body_pause)
        return Form(model, file, Inbound.of(request.scope), receive, services.settings.max_file_bytes)

    return Depends(form_of)


async def _read(request: Request, services: Services) -> tuple[bytes, Any]:
    settings = services.settings
    receive = impatient(request.receive, settings.max_body_pause)
    return await read_json(Inbound.of(request.scope), receive, settings.max_body_bytes)
