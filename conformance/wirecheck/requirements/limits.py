"""Rate limits: spec/rules/limits.md."""

from __future__ import annotations

import re

from wirecheck.exchange import Exchange
from wirecheck.pools import every_shed_request
from wirecheck.probe import Unseen
from wirecheck.probes import limits
from wirecheck.requirement import Broken, Violations, requirement

_WHOLE = re.compile(r"[0-9]{1,18}")
HEADERS = ("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests")


@requirement("limits.status", on=limits.spent, cites="limits.md#over-the-limit", feature="rate_limits")
def sheds_with_429(seen: limits.Spent) -> Violations:
    """A request over the limit of its key MUST be answered with 429."""
    last = seen.answers[-1]
    if last.status == 200:
        yield Broken(f"{len(seen.answers)} requests with the limited key, and none was refused", last)
    elif last.status != 429:
        yield Broken(f"request {len(seen.answers)} with the limited key: {last.status}; 429 is required", last)


@requirement("limits.retry-after", on=every_shed_request, cites="limits.md#over-the-limit", feature="rate_limits")
def says_when_to_come_back(answer: Exchange) -> Violations:
    """A 429 MUST carry `Retry-After` in whole seconds, 1 or more."""
    found = answer.header("retry-after")
    if found is None:
        yield "a 429 without Retry-After"
    elif not found.isascii() or not found.isdigit() or not found.strip("0"):
        yield f"Retry-After: {found}"


@requirement("limits.headers", on=limits.spent, cites="limits.md#headers", feature="rate_limits")
def tells_what_is_left(seen: limits.Spent) -> Violations:
    """The `x-ratelimit-*` headers for requests SHOULD be on every answer to a limited key, streams too."""
    for answer in seen.answers:
        missing = [name for name in HEADERS if answer.header(name) is None]
        if missing:
            mode = "a stream" if answer.media_type == "text/event-stream" else str(answer.status)
            yield Broken(f"{mode} without {', '.join(missing)}", answer)


@requirement("limits.remaining", on=limits.spent, cites="limits.md#headers", feature="rate_limits")
def counts_down(seen: limits.Spent) -> Violations:
    """`x-ratelimit-remaining-requests` SHOULD go down with each request, to 0."""
    found = [answer.header("x-ratelimit-remaining-requests") for answer in seen.answers if answer.status == 200]
    counts = [int(each) for each in found if each is not None and _WHOLE.fullmatch(each)]
    if len(counts) < 2:
        raise Unseen("fewer than two answers say what remains")
    if counts != sorted(set(counts), reverse=True):
        yield Broken(f"what remained, request by request: {counts}", seen.answers[-1])
