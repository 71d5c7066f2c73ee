"""What an answer in the making is, whatever it consists of. Knows neither HTTP nor any particular engine."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol, TypeVar

Step = TypeVar("Step", covariant=True)


class Generation(Protocol[Step]):
    """One answer in the making. The counts (in tokens, over all choices) hold once `deltas` is exhausted."""

    prompt_tokens: int
    completion_tokens: int
    reasoning_tokens: int

    @property
    def ready(self) -> Sequence[Step] | None:
        """The steps where nothing has to be waited for; None where `deltas` must be asked."""
        ...

    def deltas(self) -> AsyncGenerator[Step]:
        """The steps as they come; closing the iterator early stops the work. Raises `ApiError` if the work fails."""
        ...
