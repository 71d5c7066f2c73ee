"""Completions told in other words: other ids, fields, spaces, offsets."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.kinds.parts import Answer
from wirecheck_reference.variants.completions.refusals import TEXTS
from wirecheck_reference.variants.kind import on_answer, on_documents

_OPEN: Final = "OpenAI's published OpenAPI document (objects of answers are open: no additionalProperties: false)"
_SDK: Final = "openai-python types/completion.py"
_CHOICE: Final = "openai-python types/completion_choice.py"
_TOP: Final = "OpenAI API reference, Create completion: logprobs (up to logprobs+1 elements)"


@on_documents("vLLM entrypoints/openai/completion/protocol.py", at=TEXTS)
def adds_fields_to_completions(document: dict[str, Any]) -> None:
    """Adds what vLLM adds: to answers and to choices."""
    document.update(service_tier=None, kv_transfer_params=None)
    for choice in document["choices"]:
        choice.update(stop_reason=None, prompt_logprobs=None, token_ids=None, prompt_token_ids=None)


@on_documents(_OPEN, at=TEXTS)
def names_completions_otherwise(document: dict[str, Any]) -> None:
    """Gives completions ids of another form."""
    document["id"] = document["id"].replace("cmpl-", "gen-1767225600-")


@on_documents(f"{_SDK} (system_fingerprint is optional)", at=TEXTS)
def continues_without_a_fingerprint(document: dict[str, Any]) -> None:
    """Leaves the fingerprint out."""
    document.pop("system_fingerprint", None)


@on_documents(f"{_SDK} (system_fingerprint may be null)", at=TEXTS)
def continues_with_a_fingerprint_of_null(document: dict[str, Any]) -> None:
    """Writes null for the fingerprint."""
    document["system_fingerprint"] = None


@on_documents(f"{_CHOICE} (logprobs is optional)", at=TEXTS)
def leaves_logprobs_of_null_out(document: dict[str, Any]) -> None:
    """Leaves `logprobs` out of choices that have none."""
    for choice in document["choices"]:
        if choice["logprobs"] is None:
            del choice["logprobs"]


@on_documents(_TOP, at=TEXTS)
def gives_fewer_alternatives_of_texts(document: dict[str, Any]) -> None:
    """Gives one alternative for each token, however many were asked for."""
    for choice in document["choices"]:
        if lists := choice["logprobs"]:
            lists["top_logprobs"] = [tops and dict(list(tops.items())[:1]) for tops in lists["top_logprobs"]]


@on_documents(_TOP, at=TEXTS)
def gives_the_token_beside_its_alternatives(document: dict[str, Any]) -> None:
    """Gives one entry more than alternatives were asked for: the sampled token's own."""
    for choice in document["choices"]:
        if lists := choice["logprobs"]:
            lists["top_logprobs"] = [tops and {**tops, "~": -9999.0} for tops in lists["top_logprobs"]]


@on_documents(f"{_CHOICE} (text_offset is optional)", at=TEXTS)
def tells_no_offsets(document: dict[str, Any]) -> None:
    """Writes null for the offsets of tokens."""
    for choice in document["choices"]:
        if lists := choice["logprobs"]:
            lists["text_offset"] = None


@on_answer("OpenAI API, its answers (text_offset goes on from the end of the prompt)", at=TEXTS)
def counts_offsets_from_the_prompt(answer: Answer) -> None:
    """Counts offsets from the beginning of the prompt where that is not echoed."""
    document, prompt = answer.document, answer.request.field("prompt")
    if answer.status == 200 and isinstance(prompt, str) and answer.request.field("echo") is not True:
        for choice in document["choices"]:
            if lists := choice["logprobs"]:
                lists["text_offset"] = [offset + len(prompt) for offset in lists["text_offset"]]
        answer.document = document


@on_answer("SentencePiece, README (a space stands before the first word)", at=TEXTS)
def begins_texts_with_a_space(answer: Answer) -> None:
    """Begins texts with a space where neither the prompt nor log probabilities are asked for."""
    document = answer.document
    bare = answer.request.field("echo") is not True and answer.request.field("logprobs") is None
    if answer.status == 200 and bare:
        for choice in document["choices"]:
            choice["text"] = f" {choice['text']}"
        answer.document = document
