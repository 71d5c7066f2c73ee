"""How much the echo takes and says, in tokens, and the refusals of more. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple, Self

from wirecheck_contract.models import Model

from wirecheck_reference.errors import ApiError, invalid_value

# Tokens that prompt and answer may have together, and that one choice may have.
WINDOW: Final = 8192
MOST: Final = 4096


class Reach(NamedTuple):
    """Tokens that prompt and answer of a model may have together, and that one choice may have."""

    window: int = WINDOW
    most: int = MOST

    @classmethod
    def of(cls, model: Model) -> Self:
        """What the model is declared to have."""
        window, most = model.context_window, model.max_output_tokens
        return cls(window if isinstance(window, int) else WINDOW, most if isinstance(most, int) else MOST)

    def refuse_too_much(self, prompt: int, answer: int, field: str, path: str) -> None:
        """Raises `ApiError` (400) where so many tokens of a prompt and of an answer to it are too many.

        `field` is what asks for the answer's tokens, `path` where the prompt stands.
        """
        used = prompt + answer
        if used > self.window:
            raise ApiError(
                400,
                "context_length_exceeded",
                f"The model's context window holds {self.window} tokens; the prompt and the answer asked for take "
                f"{used}.",
                param=field if prompt < self.window else path,
                details={"tokens_used": used, "max_tokens": self.window},
            )
        if answer > self.most:
            raise invalid_value(f"The model answers with at most {self.most} tokens, not {answer}.", field)
