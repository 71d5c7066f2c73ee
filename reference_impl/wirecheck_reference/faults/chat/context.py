"""The context window gone wrong."""

from __future__ import annotations

from typing import Any, Final

from wirecheck_reference.faults.chat.reading import messages_of
from wirecheck_reference.faults.kinds.fault import on_answer, on_error, on_request
from wirecheck_reference.faults.kinds.parts import Answer, Request

# Words that fit the window, however long they are for words.
_KEPT: Final = 2048


@on_request(at="createChatCompletion", breaks=("context.exceeded",), rows=("VAL-14",))
def cuts_max_tokens_down(request: Request) -> None:
    """Takes more max_tokens than the window holds, and cuts them down in silence."""
    if isinstance(request.field("max_tokens"), int) and request.body["max_tokens"] > 4096:
        request.body["max_tokens"] = 4096


@on_request(at="createChatCompletion", breaks=("context.not-cut",))
def cuts_long_prompts(request: Request) -> None:
    """Takes the last 2,048 words of a longer text, and drops the others in silence."""
    for message in messages_of(request):
        content = message.get("content")
        words = content.split(" ") if isinstance(content, str) else []
        if len(words) > _KEPT:
            message["content"] = " ".join(words[-_KEPT:])


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
