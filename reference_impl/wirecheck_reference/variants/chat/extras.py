"""Fields that other servers add to the objects of OpenAI: a client ignores what it does not know."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.chat.reading import messages_of
from wirecheck_reference.faults.kinds.parts import Request
from wirecheck_reference.variants.kind import CHAT, on_documents, on_error, on_json

_OPEN: Final = "OpenAI's published OpenAPI document (objects of answers are open: no additionalProperties: false)"
_VLLM: Final = "vLLM entrypoints/openai/protocol.py"
_LLAMA: Final = "llama.cpp tools/server/README.md (timings, __verbose)"


@on_documents("Groq API reference, Chat (x_groq)")
def adds_fields_to_answers(document: dict[str, Any]) -> None:
    """Adds objects and numbers of its own to answers and chunks."""
    document.update(x_gateway={"id": "req_01", "region": "eu-1"}, provider="Acme", citations=[], estimated_cost=0.1)


@on_documents(_VLLM)
def adds_fields_of_vllm(document: dict[str, Any]) -> None:
    """Adds what vLLM adds: to answers, to choices, to messages and deltas."""
    document.update(prompt_logprobs=None, kv_transfer_params=None, prompt_token_ids=None)
    for choice in document["choices"]:
        choice.update(stop_reason=None, token_ids=None)
        choice.get("message", choice.get("delta", {})).update(reasoning=None)


@on_documents(_LLAMA)
def adds_timings(document: dict[str, Any]) -> None:
    """Adds how long prompt and answer took."""
    document["timings"] = {"prompt_n": 12, "prompt_ms": 30.98, "predicted_per_second": 52.3, "cache_n": 0}


@on_documents(_OPEN)
def adds_fields_to_choices(document: dict[str, Any]) -> None:
    """Adds fields to each choice."""
    for choice in document["choices"]:
        choice.update(native_finish_reason="STOP", seed=7, matched_stop=None, content_filter_results={}, error=None)


@on_documents(_OPEN)
def adds_fields_to_messages(document: dict[str, Any]) -> None:
    """Adds fields to each message and delta."""
    for choice in document["choices"]:
        choice.get("message", choice.get("delta", {})).update(
            provider_specific_fields=None, thinking_blocks=[], images=[], context=None, model_extra={}
        )


@on_documents("Groq API reference, Chat (usage: queue_time, prompt_time, completion_time)")
def adds_times_to_the_usage(document: dict[str, Any]) -> None:
    """Adds times and costs to the usage."""
    if document.get("usage"):
        document["usage"].update(queue_time=0.03, total_time=0.1, cost=0.00014, cost_details={"upstream": None})


@on_documents("openai-python types/completion_usage.py (all details)")
def counts_every_detail(document: dict[str, Any]) -> None:
    """Gives each detail of the usage that OpenAI's has."""
    if document.get("usage"):
        document["usage"]["prompt_tokens_details"] = {"cached_tokens": 0, "audio_tokens": 0}
        document["usage"]["completion_tokens_details"] = dict.fromkeys(
            ("reasoning_tokens", "audio_tokens", "accepted_prediction_tokens", "rejected_prediction_tokens"), 0
        )


@on_documents("openai-python types/completion_usage.py (details are optional)")
def counts_no_detail(document: dict[str, Any]) -> None:
    """Leaves the details out of the usage."""
    if document.get("usage"):
        del document["usage"]["prompt_tokens_details"], document["usage"]["completion_tokens_details"]


@on_documents("openai-python types/completion_usage.py (details are optional)")
def writes_null_details(document: dict[str, Any]) -> None:
    """Writes null in place of the details of the usage, and as counts within them."""
    if document.get("usage"):
        document["usage"].update(prompt_tokens_details=None, completion_tokens_details={"reasoning_tokens": None})


@on_documents("OpenAI guide, Prompt caching (cached_tokens)")
def counts_cached_tokens(document: dict[str, Any]) -> None:
    """Counts some tokens of the prompt as cached."""
    if document.get("usage"):
        cached = document["usage"]["prompt_tokens"] // 2
        document["usage"]["prompt_tokens_details"] = {"cached_tokens": cached}


def _takes_them_back(request: Request) -> None:
    for message in messages_of(request):
        calls = message.get("tool_calls")
        for call in calls if isinstance(calls, list) else ():
            if isinstance(call, dict):
                call.pop("index", None)
                call.pop("extra_content", None)


@on_json(_OPEN, takes=_takes_them_back)
def adds_fields_to_calls(document: dict[str, Any]) -> None:
    """Adds an index and fields of its own to each call of an answer, and takes them back."""
    for choice in document["choices"]:
        for index, call in enumerate(choice["message"].get("tool_calls") or ()):
            call.update(index=index, extra_content={"google": {"thought_signature": "CgIIAQ=="}})


@on_documents("openai-python types/chat/chat_completion.py (service_tier)")
def tells_its_service_tier(document: dict[str, Any]) -> None:
    """Tells that the default class of service was used."""
    document["service_tier"] = "default"


@on_documents("openai-python types/chat/chat_completion.py (system_fingerprint is optional)", at=CHAT)
def has_no_fingerprint(document: dict[str, Any]) -> None:
    """Leaves the fingerprint out."""
    document.pop("system_fingerprint", None)


@on_error(_OPEN)
def adds_fields_to_errors(envelope: dict[str, Any], _: object) -> None:
    """Adds fields to the error and beside it."""
    envelope["error"].update(metadata={"provider_name": "Acme"}, status=400, doc_url="https://docs.example/errors")
    envelope.update(user_id=None, object="error")
