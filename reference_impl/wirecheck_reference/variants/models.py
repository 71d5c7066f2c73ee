"""Lists of models, and models, told otherwise."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_answer, on_documents, on_headers, on_json, on_request

_BOTH: Final = ("listModels", "getModel")
_OPENAI: Final = "OpenAI API reference, The model object (id, object, created, owned_by)"
_LIST: Final = "OpenAI API reference, List models (no parameters: one list of all)"


def _models(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The models of a list, or the one model."""
    found: list[dict[str, Any]] = document.get("data", [document])
    return found


@on_documents(_OPENAI, at=_BOTH)
def tells_of_models_what_openai_tells(document: dict[str, Any]) -> None:
    """Tells of a model what OpenAI does, and no more."""
    for model in _models(document):
        for name in set(model) - {"id", "object", "created", "owned_by"}:
            del model[name]


@on_documents(_OPENAI, at=_BOTH)
def says_that_others_own_its_models(document: dict[str, Any]) -> None:
    """Names the system, or nobody, as owner of its models."""
    for number, model in enumerate(_models(document)):
        model["owned_by"] = ("system", "", "organization-owner")[number % 3]


@on_documents(_OPENAI, at=_BOTH)
def has_models_of_no_date(document: dict[str, Any]) -> None:
    """Dates its models at 0, or years ago."""
    for number, model in enumerate(_models(document)):
        model["created"] = (0, 1677610602)[number % 2]


@on_documents("vLLM entrypoints/openai/protocol.py (ModelCard)", at=_BOTH)
def adds_fields_to_models(document: dict[str, Any]) -> None:
    """Adds to models what vLLM adds."""
    for model in _models(document):
        model.update(root=model["id"], parent=None, max_model_len=8192, permission=[{"id": "modelperm-1"}])


@on_documents("OpenRouter API reference, List models", at=_BOTH)
def prices_models_otherwise(document: dict[str, Any]) -> None:
    """Tells prices and windows under its own names."""
    for model in _models(document):
        model.pop("price", None)
        model.update(
            name="Echo", pricing={"prompt": "0.00000025"}, context_length=8192, architecture={"modality": "text"}
        )


@on_request(_LIST, at="listModels")
def reads_no_query(request: Request) -> None:
    """Answers with the whole list, whatever the query says."""
    request.query = b""


@on_json(_LIST, at="listModels")
def lists_without_cursors(document: dict[str, Any]) -> None:
    """Tells no cursors: neither `has_more`, nor first nor last id."""
    for name in ("has_more", "first_id", "last_id"):
        document.pop(name, None)


@on_answer(_LIST, at="listModels", remembers=list)
def lists_hundreds_of_models(answer: Answer, memory: list[Any]) -> None:
    """Lists three hundred more models, all at once whatever the query says."""
    document = answer.document
    if answer.status == 200:
        if not answer.request.query:
            memory[:] = document["data"]
        more = {"object": "model", "created": 1767225600, "owned_by": "others"}
        listed = [*(memory or document["data"]), *({"id": f"others/model-{each:03}", **more} for each in range(300))]
        answer.document = {"object": "list", "data": listed}
        answer.headers.pop("x-total-count", None)


@on_headers(_LIST, at="listModels")
def counts_no_models(answer: Answer) -> None:
    """Sends no `X-Total-Count`."""
    answer.headers.pop("x-total-count", None)
