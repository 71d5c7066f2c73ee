"""What a server that continues texts need not have: it says so, and lacks a feature."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.errors import ApiError
from wirecheck_reference.faults.kinds.parts import Answer, Request
from wirecheck_reference.variants.kind import on_request

TEXTS: Final = "createCompletion"
_VLLM: Final = "vLLM documentation, OpenAI-compatible server (suffix and best_of are not supported)"
_OLLAMA: Final = (
    "Ollama documentation, OpenAI compatibility (/v1/completions: echo, logprobs, best_of are not supported)"
)
_LIMITS: Final = "OpenAI API reference, Create completion (which models support a parameter)"


def _refusal(request: Request, error: ApiError) -> Answer:
    return Answer(request, error.status, {"content-type": "application/json"}, error.body())


def _lacks(request: Request, field: str) -> Answer:
    message = f"Unsupported parameter: '{field}' is not supported with this model."
    return _refusal(request, ApiError(400, "unsupported_parameter", message, param=field))


@on_request("OpenAI API reference, Completions (legacy: newer models have no such endpoint)", at=TEXTS)
def has_no_completions(request: Request) -> Answer | None:
    """Has no completions at all."""
    return _refusal(request, ApiError(404, "not_found", "There is nothing at this path."))


@on_request("OpenAI API, its answer to chat models at /v1/completions", at=TEXTS)
def has_models_that_chat_alone(request: Request) -> Answer | None:
    """Has no model that continues texts."""
    message = "This is a chat model and not supported in the v1/completions endpoint."
    return _refusal(request, ApiError(404, None, message, param="model"))


@on_request(_OLLAMA, at=TEXTS)
def refuses_logprobs_of_texts(request: Request) -> Answer | None:
    """Refuses `logprobs`."""
    return _lacks(request, "logprobs") if request.field("logprobs") is not None else None


@on_request(_OLLAMA, at=TEXTS)
def refuses_to_echo(request: Request) -> Answer | None:
    """Refuses `echo`."""
    return _lacks(request, "echo") if request.field("echo") is True else None


@on_request(_VLLM, at=TEXTS)
def refuses_suffixes(request: Request) -> Answer | None:
    """Refuses a `suffix`."""
    return _lacks(request, "suffix") if request.field("suffix") is not None else None


@on_request(_VLLM, at=TEXTS)
def refuses_candidates(request: Request) -> Answer | None:
    """Refuses `best_of`."""
    return _lacks(request, "best_of") if request.field("best_of") is not None else None


@on_request(_OLLAMA, at=TEXTS)
def refuses_prompts_in_tokens(request: Request) -> Answer | None:
    """Refuses prompts in tokens."""
    prompt: Any = request.field("prompt")
    whole = isinstance(prompt, list) and bool(prompt) and not any(isinstance(each, (str, dict)) for each in prompt)
    return _lacks(request, "prompt") if whole else None


@on_request(_LIMITS, at=TEXTS)
def makes_one_choice_of_a_text(request: Request) -> Answer | None:
    """Refuses an `n` above 1."""
    n = request.field("n")
    return _lacks(request, "n") if type(n) is int and n > 1 else None


@on_request(_LIMITS, at=TEXTS)
def continues_by_a_token_at_least(request: Request) -> Answer | None:
    """Refuses a `max_tokens` of 0."""
    return (
        _lacks(request, "max_tokens")
        if type(request.field("max_tokens")) is int and not request.field("max_tokens")
        else None
    )


@on_request(_LIMITS, at=TEXTS)
def does_not_stop_at_strings(request: Request) -> Answer | None:
    """Refuses stop strings."""
    return _lacks(request, "stop") if request.field("stop") is not None else None
