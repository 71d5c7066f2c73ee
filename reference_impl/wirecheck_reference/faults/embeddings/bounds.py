"""Nothing, too much, and other models: what is at the bounds of embeddings gone wrong."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.errors import internal_error
from wirecheck_reference.faults.embeddings.reading import OPERATION, texts_of
from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

_MODEL: Final = "hash-embed"
_CHAT: Final = "createChatCompletion"
# So many texts at once are embedded.
_MOST: Final = 1000
_MANY: Final = 2048
# Letters of the longest name that a model may have.
_NAME: Final = 256
_FULL: Final = "context_length_exceeded"


def _vectors(request: Request, *vectors: list[float]) -> Answer:
    data = [{"object": "embedding", "index": index, "embedding": each} for index, each in enumerate(vectors)]
    usage = {"prompt_tokens": 0, "total_tokens": 0}
    answer = Answer(request, 200)
    answer.document = {"object": "list", "data": data, "model": request.field("model"), "usage": usage}
    return answer


@on_request(at=OPERATION, breaks=("embeddings.empty-list",))
def answers_nothing_with_nothing(request: Request) -> Answer | None:
    """Answers an empty list of inputs with an empty list of vectors."""
    return _vectors(request) if request.field("input") == [] else None


@on_request(at=OPERATION, breaks=("embeddings.empty-text",))
def reads_an_empty_text_as_a_space(request: Request) -> None:
    """Embeds an empty text as if it were a space."""
    if request.field("input") == "":
        request.body["input"] = " "


@on_request(at=OPERATION, breaks=("embeddings.many",))
def embeds_the_first_thousand(request: Request) -> None:
    """Embeds the first thousand of too many texts, and drops the others in silence."""
    if len(texts_of(request)) > _MANY:
        request.body["input"] = request.body["input"][:_MOST]


@on_answer(at=OPERATION, breaks=("embeddings.long",), rows=("EMB-05",))
def answers_long_texts_with_an_empty_vector(answer: Answer) -> None:
    """Answers a text that is longer than the window with an empty vector."""
    if answer.error.get("code") == _FULL:
        answer.status, answer.document = 200, _vectors(answer.request, []).document


@on_answer(at=OPERATION, breaks=("embeddings.long",), rows=("EMB-05",))
def sends_long_requests_back(answer: Answer) -> None:
    """Answers a text that is longer than the window with the request itself."""
    if answer.error.get("code") == _FULL:
        answer.status, answer.document = 200, answer.request.body


@on_answer(at=OPERATION, breaks=("errors.no-5xx",), rows=("EMB-05",))
def falls_over_long_texts(answer: Answer) -> None:
    """Answers 500 to a text that is longer than the window."""
    if answer.error.get("code") == _FULL:
        answer.status, answer.document = 500, internal_error().document()


@on_error(at=OPERATION, breaks=("embeddings.long-code",))
def calls_long_texts_invalid(envelope: dict[str, Any], _: Answer) -> None:
    """Calls a text that is longer than the window an invalid value."""
    if envelope["error"]["code"] == _FULL:
        envelope["error"]["code"] = "invalid_value"


@on_request(at=OPERATION, breaks=("embeddings.unknown-model",), rows=("EMB-08",))
def embeds_as_any_model(request: Request) -> None:
    """Embeds whatever model is named, even one that nobody has."""
    name = request.field("model")
    if isinstance(name, str) and 0 < len(name) <= _NAME and "\x00" not in name and name != "echo":
        request.body["model"] = _MODEL


@on_error(at=OPERATION, breaks=("errors.no-5xx",))
def falls_over_models_that_chat(_: dict[str, Any], answer: Answer) -> None:
    """Answers 500 where a model that chats is asked to embed."""
    if answer.status == 400 and answer.error.get("param") == "model":
        answer.status = 500


@on_request(at=(_CHAT, OPERATION), breaks=("errors.no-5xx",))
def falls_over_models_that_embed(request: Request) -> Answer | None:
    """Answers 500 where a model that embeds is asked to chat."""
    if request.field("model") != _MODEL or not request.has("messages"):
        return None
    return Answer(request, 500, {"content-type": "application/json"}, internal_error().body())
