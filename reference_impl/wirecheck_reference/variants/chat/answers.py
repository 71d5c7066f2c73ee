"""Answers without a stream that say the same otherwise."""

from __future__ import annotations

import json
import re
import uuid
from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Answer
from wirecheck_reference.variants.kind import CHAT, on_answer, on_documents, on_json

_SDK: Final = "openai-python types/chat/chat_completion.py and chat_completion_message.py"
# Where a chat completion is answered: when it is made, and by those that show what was kept.
_KEPT: Final = (CHAT, "listStoredCompletions", "getStoredCompletion", "updateStoredCompletion")
_JSON: Final = "RFC 8259 section 2 (insignificant whitespace)"


@on_json(_SDK)
def leaves_optional_fields_out(document: dict[str, Any]) -> None:
    """Leaves out what an answer need not have: fingerprint, null refusal, null logprobs."""
    document.pop("system_fingerprint", None)
    for choice in document["choices"]:
        choice["message"].pop("refusal", None)
        if choice.get("logprobs", 0) is None:
            del choice["logprobs"]


@on_json(_SDK)
def writes_optional_fields_as_null(document: dict[str, Any]) -> None:
    """Writes what an answer need not have as null."""
    document.update(system_fingerprint=None, service_tier=None)
    for choice in document["choices"]:
        choice.setdefault("logprobs", None)
        for name in ("refusal", "tool_calls", "function_call", "audio", "annotations"):
            choice["message"].setdefault(name, None)


@on_json(_SDK)
def writes_empty_lists(document: dict[str, Any]) -> None:
    """Writes empty lists of calls and annotations."""
    for choice in document["choices"]:
        choice["message"].setdefault("tool_calls", [])
        choice["message"].setdefault("annotations", [])


@on_json("OpenAI API reference, The chat completion object (content may be text beside calls)")
def writes_empty_content_beside_calls(document: dict[str, Any]) -> None:
    """Writes empty text beside calls, in place of null."""
    for choice in document["choices"]:
        if choice["message"].get("tool_calls") and choice["message"]["content"] is None:
            choice["message"]["content"] = ""


@on_answer(_JSON)
def prints_its_answers_nicely(answer: Answer) -> None:
    """Indents the JSON of every answer."""
    _rewrite(answer, lambda document: json.dumps(document, indent=2, ensure_ascii=False) + "\n")


@on_answer(_JSON)
def writes_space_around_json(answer: Answer) -> None:
    """Writes empty lines and spaces before and after the JSON of every answer."""
    _rewrite(answer, lambda document: f"\r\n \t{json.dumps(document)}\n\n")


@on_answer("RFC 8259 section 7 (any character may be escaped)")
def escapes_what_it_may(answer: Answer) -> None:
    """Escapes each solidus and all that is not ASCII in the JSON of every answer."""
    _rewrite(answer, lambda document: json.dumps(document).replace("/", "\\/"))


@on_answer("RFC 8259 section 4 (objects are unordered)")
def sorts_its_keys(answer: Answer) -> None:
    """Writes the keys of every answer in the order of the alphabet."""
    _rewrite(answer, lambda document: json.dumps(document, sort_keys=True))


@on_answer("RFC 8259 section 6; JSON Schema 2020-12 section 6.1.1 (a number without a fraction is an integer)", at=CHAT)
def counts_with_exponents(answer: Answer) -> None:
    """Writes the counts of the usage with an exponent."""
    answer.body = re.sub(rb'("(?:prompt|completion|total)_tokens":)([1-9][0-9]*)\b', rb"\g<1>\g<2>0E-1", answer.body)


@on_answer("RFC 9110 section 8.3.1 (parameters of media types); RFC 8259 section 11 (charset adds nothing)")
def labels_json_with_a_charset(answer: Answer) -> None:
    """Labels JSON `application/json; charset=utf-8`."""
    if answer.headers.get("content-type") == "application/json":
        answer.headers["content-type"] = "application/json; charset=utf-8"


@on_answer("OpenAI API reference, The chat completion object (id: a unique identifier, of no form)", at=CHAT)
def names_answers_otherwise(answer: Answer) -> None:
    """Gives answers ids that are UUIDs, but for those that it keeps."""
    document = answer.document
    if answer.status == 200 and document is not None and answer.request.field("store") is not True:
        document["id"] = str(uuid.uuid5(uuid.NAMESPACE_OID, document["id"]))
        answer.document = document


@on_documents("OpenAI API reference, Models (an alias is answered by a dated snapshot)", at=_KEPT)
def answers_by_a_dated_model(document: dict[str, Any]) -> None:
    """Names the dated snapshot that the asked model stands for."""
    for chat in _chats(document):
        chat["model"] = f"{chat['model']}-2026-01-01"


@on_documents("OpenAI API reference, The chat completion object (created: seconds of the server's clock)", at=_KEPT)
def has_a_clock_that_is_slow(document: dict[str, Any]) -> None:
    """Has a clock that is ten minutes slow."""
    for chat in _chats(document):
        chat["created"] -= 600


def _chats(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The chat completions of an answer: of a list all, else the one that it is."""
    found: list[dict[str, Any]] = document.get("data", [document])
    return found


def _rewrite(answer: Answer, write: Any) -> None:
    document = answer.document
    if document is not None and answer.headers.get("content-type", "").startswith("application/json"):
        answer.body = write(document).encode()
