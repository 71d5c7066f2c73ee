"""When the events of a stream came. No I/O."""

from __future__ import annotations

from typing import Final

from wirecheck.areas.chat.reading import DONE
from wirecheck.evidence.exchange import Exchange

# The events of a long stream, and the seconds that its last takes to come: of less nothing can be said.
LONG: Final = 8
SLOW: Final = 0.2
# No model says half of a long answer within so many seconds.
AT_ONCE: Final = 0.015


def arrivals(answer: Exchange) -> list[float]:
    """The seconds, from the request, at which the events of a stream came; none of an answer that is not 200."""
    return [event.at for event in answer.stream.events if event.data != DONE] if answer.status == 200 else []


def held_back(answer: Exchange) -> str | None:
    """How the later half of a long, slow stream came at once; None where it did not, or where nothing can be said.

    The first event says nothing: some servers send it at once and hold back the rest, and some models think first.
    """
    came = arrivals(answer)
    if len(came) < LONG or came[-1] < SLOW:
        return None
    middle, last = came[len(came) // 2], came[-1]
    if last - middle >= AT_ONCE:
        return None
    half = len(came) - len(came) // 2
    return f"{half} of {len(came)} events came in {(last - middle) * 1000:.0f} ms, the last after {last:.2f} s"
