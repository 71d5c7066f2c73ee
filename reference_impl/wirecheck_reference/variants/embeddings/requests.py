"""Requests for embeddings taken or refused otherwise: what is optional may be missing, if the server says so."""

from __future__ import annotations

from typing import Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.embeddings.reading import OPERATION, texts_of, wants_base64
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_request

_TEI: Final = "Text Embeddings Inference documentation, CLI arguments"
_VLLM: Final = "vLLM documentation, Pooling models"
# The characters that a model of 512 tokens reads, about; and the inputs of one request of a small server.
_READ: Final = 2000
_BATCH: Final = 32
_LONGEST: Final = 100_000


def _refusal(request: Request, status: int, code: str, field: str) -> Answer:
    error = ApiError(status, code, f"This server does not take {field} so.", param=field)
    return Answer(request, status, {"content-type": "application/json"}, error.body())


def _tokens(request: Request) -> bool:
    given = request.field("input")
    return isinstance(given, list) and bool(given) and not texts_of(request)


@on_request("OpenAI API reference, Create embeddings (encoding_format); llama.cpp before base64", at=OPERATION)
def packs_no_vectors(request: Request) -> Answer | None:
    """Refuses base64."""
    return _refusal(request, 400, "invalid_value", "encoding_format") if wants_base64(request) else None


@on_request(f"{_VLLM} (models without Matryoshka refuse dimensions)", at=OPERATION)
def shortens_no_vectors(request: Request) -> Answer | None:
    """Refuses `dimensions`, whatever they are."""
    refused = request.field("dimensions") is not None
    return _refusal(request, 400, "invalid_value", "dimensions") if refused else None


@on_request("Ollama documentation, OpenAI compatibility (input: no arrays of tokens)", at=OPERATION)
def embeds_no_tokens(request: Request) -> Answer | None:
    """Refuses tokens."""
    return _refusal(request, 400, "invalid_value", "input") if _tokens(request) else None


@on_request(f"{_TEI} (--max-client-batch-size is 32 by default)", at=OPERATION)
def embeds_few_texts_at_once(request: Request) -> Answer | None:
    """Refuses more than 32 inputs with 413."""
    return _refusal(request, 413, "request_too_large", "input") if len(texts_of(request)) > _BATCH else None


@on_request(f"{_TEI} (--auto-truncate)", at=OPERATION)
def truncates_texts(request: Request) -> None:
    """Embeds the beginning of a text that is longer than the model reads."""
    given = request.field("input")
    if isinstance(given, str):
        request.body["input"] = given[:_READ] if len(given) <= _LONGEST else given
    elif texts_of(request):
        request.body["input"] = [each[:_READ] for each in texts_of(request)]


@on_request(f"{_VLLM} (models that frame each text with tokens of their own embed an empty one)", at=OPERATION)
def embeds_an_empty_text(request: Request) -> None:
    """Embeds an empty text."""
    if request.field("input") == "":
        request.body["input"] = " "


@on_request("OpenAI API reference (a server need not embed)", at=OPERATION)
def has_no_embeddings(request: Request) -> Answer:
    """Has no such path."""
    answer = Answer(request, 404)
    answer.document = ApiError(404, "not_found", "There is nothing at this path.").document()
    return answer


@on_request("RFC 9110 section 15.6.2; llama.cpp tools/server/README.md (--embeddings)", at=OPERATION)
def was_not_started_to_embed(request: Request) -> Answer:
    """Answers 501: it was not started with embeddings."""
    error = ApiError(501, "not_supported", "This server does not support embeddings.")
    return Answer(request, 501, {"content-type": "application/json"}, error.body())


@on_request("OpenAI API reference, Create embeddings (a model that does not embed); vLLM", at=OPERATION)
def embeds_with_no_model(request: Request) -> Answer | None:
    """Refuses every model: none of them embeds."""
    if not isinstance(request.field("model"), str):
        return None
    return _refusal(request, 400, "invalid_value", "model")
