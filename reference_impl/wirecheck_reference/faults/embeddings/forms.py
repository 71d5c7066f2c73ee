"""Encodings, dimensions, tokens and null gone wrong."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.embeddings.reading import (
    OPERATION,
    packed,
    read,
    revector,
    rewrite,
    tokens_of,
    unit,
    wants_base64,
)
from wirecheck_reference.faults.kinds.fault import on_answer, on_json, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

# The length of the vectors of the server's model.
_NATIVE = 256


def _refusal(request: Request, status: int, field: str) -> Answer:
    error = ApiError(status, "invalid_value", f"{field} is not to be had so.", param=field)
    return Answer(request, status, {"content-type": "application/json"}, error.body())


@on_json(at=OPERATION, breaks=("embeddings.float",))
def packs_every_vector(document: dict[str, Any]) -> None:
    """Answers in base64, whatever is asked for."""
    for item in document["data"]:
        item["embedding"] = packed(read(item["embedding"]))


def _repack(document: dict[str, Any], form: str) -> None:
    for item in document["data"]:
        if isinstance(item["embedding"], str):
            item["embedding"] = packed(read(item["embedding"]), form)


@on_json(at=OPERATION, breaks=("embeddings.base64",))
def packs_the_great_end_first(document: dict[str, Any]) -> None:
    """Writes big-endian floats as base64."""
    _repack(document, ">f")


@on_json(at=OPERATION, breaks=("embeddings.base64",))
def packs_doubles(document: dict[str, Any]) -> None:
    """Writes floats of 64 bits as base64."""
    _repack(document, "<d")


@on_json(at=OPERATION, breaks=("embeddings.base64",))
def packs_half_floats(document: dict[str, Any]) -> None:
    """Writes floats of 16 bits as base64."""
    _repack(document, "<e")


@on_json(at=OPERATION, breaks=("embeddings.base64",))
def cuts_base64_in_the_middle(document: dict[str, Any]) -> None:
    """Leaves the last letters of base64 out."""
    for item in document["data"]:
        if isinstance(item["embedding"], str):
            item["embedding"] = item["embedding"][:-3]


@on_request(at=OPERATION, breaks=("embeddings.base64-given",))
def answers_base64_with_numbers(request: Request) -> None:
    """Answers with lists of numbers where base64 is asked for."""
    if wants_base64(request):
        del request.body["encoding_format"]


@on_request(at=OPERATION, breaks=("embeddings.dimensions",))
def has_its_own_dimensions(request: Request) -> None:
    """Takes `dimensions`, and answers with as many numbers as ever."""
    if request.has("dimensions") and isinstance(request.body["dimensions"], int) and request.body["dimensions"] > 0:
        del request.body["dimensions"]


@on_request(at=OPERATION, breaks=("embeddings.native",), rows=("EMB-03",))
def refuses_its_own_dimensions(request: Request) -> Answer | None:
    """Refuses `dimensions` that are as many as the model has."""
    return _refusal(request, 400, "dimensions") if request.field("dimensions") == _NATIVE else None


@on_answer(at=OPERATION, breaks=("embeddings.shortened",))
def cuts_vectors_off(answer: Answer) -> None:
    """Shortens vectors without normalising them again."""
    dimensions = answer.request.field("dimensions")
    if isinstance(dimensions, int) and 0 < dimensions < _NATIVE:
        revector(answer, lambda vectors: [unit(each, (dimensions / _NATIVE) ** 0.5) for each in vectors])


@on_request(at=OPERATION, breaks=("embeddings.tokens",), rows=("EMB-04",))
def takes_each_token_for_an_input(request: Request) -> None:
    """Answers a list of tokens with a vector for each token."""
    if tokens_of(request):
        request.body["input"] = [[each] for each in tokens_of(request)]


@on_answer(at=OPERATION, breaks=("embeddings.tokens",), rows=("EMB-04",))
def embeds_the_first_list_of_tokens(answer: Answer) -> None:
    """Answers several lists of tokens with the vector of the first."""
    given = answer.request.field("input")
    if isinstance(given, list) and given and isinstance(given[0], list):
        rewrite(answer, lambda document: document.update(data=document["data"][:1]))


@on_request(at=OPERATION, breaks=("errors.no-5xx",), rows=("EMB-04",))
def falls_over_tokens(request: Request) -> Answer | None:
    """Answers 500 to a list of tokens."""
    return _refusal(request, 500, "input") if tokens_of(request) else None


@on_request(at=OPERATION, breaks=("embeddings.null",), rows=("EMB-10",))
def takes_null_for_a_format(request: Request) -> Answer | None:
    """Refuses `encoding_format: null`."""
    if request.has("encoding_format") and request.field("encoding_format") is None:
        return _refusal(request, 422, "encoding_format")
    return None


@on_request(at=OPERATION, breaks=("validation.refused",))
def embeds_numbers_as_text(request: Request) -> None:
    """Embeds a number as if it were the text that spells it."""
    if isinstance(request.field("input"), (int, float)):
        request.body["input"] = str(request.body["input"])
