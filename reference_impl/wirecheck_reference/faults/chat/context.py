"""The context window gone wrong."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request


@on_request(at="createChatCompletion", breaks=("context.exceeded",), rows=("VAL-14",))
def cuts_max_tokens_down(request: Request) -> None:
    """Takes more max_tokens than the window holds, and cuts them down in silence."""
    if isinstance(request.field("max_tokens"), int) and request.body["max_tokens"] > 4096:
        request.body["max_tokens"] = 4096


@on_answer(at="createChatCompletion", breaks=("errors.no-5xx",))
def has_not_implemented_full_windows(answer: Answer) -> None:
    """Answers 501 where the context window is full."""
    if answer.error.get("code") == "context_length_exceeded":
        answer.status = 501


@on_error(at="createChatCompletion", breaks=("context.code",))
def does_not_say_that_the_window_is_full(envelope: dict[str, Any], _: Answer) -> None:
    """Calls a full context window an invalid value."""
    if envelope["error"]["code"] == "context_length_exceeded":
        envelope["error"]["code"] = "invalid_value"
        envelope["error"].pop("details", None)
