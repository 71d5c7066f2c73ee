"""Rate limits gone wrong."""

from __future__ import annotations

from typing import Any

from wirecheck_reference.faults.chat.reading import wants_stream
from wirecheck_reference.faults.kinds.fault import EVERY, on_answer, on_error, on_headers
from wirecheck_reference.faults.kinds.parts import Answer


@on_error(at=EVERY, breaks=("limits.status",), rows=("RAT-02",))
def forbids_what_is_too_much(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses with 403 where a limit is spent."""
    if answer.status == 429:
        answer.status, envelope["error"]["type"] = 403, "permission_error"


@on_error(at="createChatCompletion", breaks=("limits.status",))
def forbids_plain_chats_that_are_too_much(envelope: dict[str, Any], answer: Answer) -> None:
    """Refuses with 403 where a limit is spent, unless a stream is asked for."""
    if answer.status == 429 and not wants_stream(answer.request):
        answer.status, envelope["error"]["type"] = 403, "permission_error"


@on_headers(at=EVERY, breaks=("limits.retry-after",), rows=("RAT-01",))
def does_not_say_when_to_come_back(answer: Answer) -> None:
    """Sends 429 without `Retry-After`."""
    answer.headers.pop("retry-after", None)


@on_headers(at="createChatCompletion", breaks=("limits.headers",), rows=("RAT-03",))
def keeps_limits_from_streams(answer: Answer) -> None:
    """Leaves the x-ratelimit headers out of streams."""
    if answer.headers.get("content-type", "").startswith("text/event-stream"):
        for name in [each for each in answer.headers if each.startswith("x-ratelimit-")]:
            del answer.headers[name]


@on_headers(at=EVERY, breaks=("limits.headers",), rows=("RAT-03",))
def keeps_limits_from_refusals(answer: Answer) -> None:
    """Leaves the x-ratelimit headers out of refusals, but for those of what is too much."""
    if answer.status >= 400 and answer.status != 429:
        for name in [each for each in answer.headers if each.startswith("x-ratelimit-")]:
            del answer.headers[name]


class Others:
    """The requests that came with other keys since the first with a limit."""

    def __init__(self) -> None:
        self.limited = ""
        self.count = 0


@on_answer(at=EVERY, breaks=("limits.apart",), remembers=Others)
def counts_what_others_ask(answer: Answer, memory: Others) -> None:
    """Counts in its refusals what other keys have asked since a key with a limit was first used."""
    left, key = answer.headers.get("x-ratelimit-remaining-requests"), answer.request.headers.get("authorization", "")
    if left is None:
        memory.count += bool(memory.limited)
        return
    memory.limited = memory.limited or key
    memory.count += key != memory.limited
    if answer.status >= 400:
        answer.headers["x-ratelimit-remaining-requests"] = str(max(0, int(left) - memory.count))


@on_headers(at=EVERY, breaks=("limits.remaining",))
def never_counts_down(answer: Answer) -> None:
    """Says that one request remains, whatever remains."""
    if "x-ratelimit-remaining-requests" in answer.headers:
        answer.headers["x-ratelimit-remaining-requests"] = "1"


@on_headers(at=EVERY, breaks=("limits.remaining",))
def keeps_five_in_hand(answer: Answer) -> None:
    """Says that more remains than does."""
    left = answer.headers.get("x-ratelimit-remaining-requests")
    if left is not None:
        answer.headers["x-ratelimit-remaining-requests"] = str(int(left) + 5)


@on_headers(at=EVERY, breaks=("limits.remaining",))
def promises_a_thousand(answer: Answer) -> None:
    """Names a limit that is far from the one it keeps."""
    if "x-ratelimit-limit-requests" in answer.headers:
        answer.headers["x-ratelimit-limit-requests"] = "1000"


@on_headers(at=EVERY, breaks=("limits.headers",))
def promises_to_be_back_soon(answer: Answer) -> None:
    """Says in a word when the limit is whole again."""
    if "x-ratelimit-reset-requests" in answer.headers:
        answer.headers["x-ratelimit-reset-requests"] = "soon"
