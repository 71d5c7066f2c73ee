"""How much the echo takes and says, in tokens, and the refusals of more. Pure."""

from __future__ import annotations

from typing import Final

from wirecheck_reference.errors import ApiError, invalid_value

# Tokens that prompt and answer may have together, and that one choice may have.
WINDOW: Final = 8192
MOST: Final = 4096


def refuse_too_much(prompt: int, answer: int, field: str, path: str) -> None:
    """Raises `ApiError` (400) where so many tokens of a prompt and of an answer to it are too many.

    `field` is what asks for the answer's tokens, `path` where the prompt stands.
    """
    used = prompt + answer
    if used > WINDOW:
        raise ApiError(
            400,
            "context_length_exceeded",
            f"The model's context window holds {WINDOW} tokens; the prompt and the answer asked for take {used}.",
            param=field if prompt < WINDOW else path,
            details={"tokens_used": used, "max_tokens": WINDOW},
        )
    if answer > MOST:
        raise invalid_value(f"The model answers with at most {MOST} tokens, not {answer}.", field)
