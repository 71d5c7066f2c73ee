"""Rate limits: spec/rules/limits.md."""

from __future__ import annotations

import re
from itertools import pairwise

from wirecheck.areas.http.pools import answered
from wirecheck.areas.limits import probes as limits
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Violations, requirement

_WHOLE = re.compile(r"[0-9]{1,18}")
# `1s`, `6m0s`, `20ms`; seconds or a Unix time; a date and time.
_TIME = re.compile(
    r"([0-9]{1,18}(\.[0-9]+)?(ms|s|m|h|d))+|[0-9]{1,18}(\.[0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\S*"
)
# RFC 9110, section 5.6.7, without the forms that nobody may send any more.
_DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT")
# Any request may be shed; the limited key is spent where the server has limits (`limits.status`).
every_shed_request = Pool("429", lambda it: answered(it) and it.status == 429)

LIMIT, REMAINING, RESET = (f"x-ratelimit-{name}-requests" for name in ("limit", "remaining", "reset"))
HEADERS = {LIMIT: _WHOLE, REMAINING: _WHOLE, RESET: _TIME}


@requirement("limits.status", on=limits.spent, feature="rate_limits")
def sheds_with_429(seen: limits.Spent) -> Violations:
    """A request over the limit of its key MUST be answered with 429."""
    last = seen.answers[-1]
    if last.status is None:
        raise Unseen(f"no answer to request {len(seen.answers)} with the limited key: {last}")
    if last.status == 200:
        yield Broken(f"{len(seen.answers)} requests with the limited key, and none was refused", last)
        return
    if last.shed and last.status != 429:
        raise Unseen(f"the server was full before the key had spent its limit: {last}")
    for number, answer in enumerate((last, *seen.again), len(seen.answers)):
        # What was refused may be let in again: a window may end between two requests.
        if answer.status not in (None, 200) and not answer.shed:
            yield Broken(f"request {number} with the limited key: {answer.status}; 429 is required", answer)


@requirement("limits.retry-after", on=every_shed_request, feature="errors")
def says_when_to_come_back(answer: Exchange) -> Violations:
    """A 429 SHOULD carry `Retry-After`: whole seconds, 1 or more, or an HTTP date."""
    found = answer.header("retry-after")
    if found is None:
        yield "a 429 without Retry-After"
    elif not (_WHOLE.fullmatch(found) and found.strip("0")) and not _DATE.fullmatch(found):
        yield f"Retry-After: {found}"


@requirement("limits.headers", on=limits.spent, feature="rate_limits")
def tells_what_is_left(seen: limits.Spent) -> Violations:
    """The `x-ratelimit-*` headers for requests SHOULD be on every answer to a limited key, refusals and streams too:
    two whole numbers, and a time.
    """
    for answer in (*seen.mistakes, *seen.answers, *seen.again):
        if answer.status is None:
            continue
        mode = "a stream" if answer.media_type == "text/event-stream" else str(answer.status)
        found = {name: answer.header(name) for name in HEADERS}
        missing = [name for name, value in found.items() if value is None]
        if missing:
            yield Broken(f"{mode} without {', '.join(missing)}", answer)
        for name, value in found.items():
            if value is not None and not HEADERS[name].fullmatch(value):
                yield Broken(f"{mode} with {name}: {value}", answer)


@requirement("limits.remaining", on=limits.spent, feature="rate_limits")
def counts_down(seen: limits.Spent) -> Violations:
    """`x-ratelimit-remaining-requests` SHOULD go down with each request, from less than the limit to 0."""
    taken = [answer for answer in seen.answers if answer.status == 200]
    counts = [count for answer in taken if (count := _count(answer, REMAINING)) is not None]
    if len(counts) < 2:
        raise Unseen("fewer than two answers say what remains")
    last = seen.answers[-1]
    if counts != sorted(set(counts), reverse=True):
        yield Broken(f"what remained, request by request: {counts}", last)
        return
    refused = last.status == 429
    if refused and _count(taken[-1], REMAINING) not in (None, 0):
        yield Broken(f"what remained, request by request: {counts}, and the next request was refused", taken[-1])
    for answer in taken:
        limit, left = _count(answer, LIMIT), _count(answer, REMAINING)
        if limit is not None and left is not None and left >= limit:
            yield Broken(f"{left} of {limit} requests remain, this one counted", answer)
        if limit is not None and refused and limit > limits.MOST:
            yield Broken(f"a limit of {limit} requests, and a refusal after {len(taken)}", answer)


@requirement("limits.apart", on=limits.spent, feature="rate_limits")
def counts_keys_apart(seen: limits.Spent) -> Violations:
    """What one key asks SHOULD NOT count against the limit of another."""
    if not seen.mistakes:
        raise Unseen("a quick run does not ask for it")
    judged = False
    for before, after in pairwise(seen.mistakes):
        first, second = _count(before, REMAINING), _count(after, REMAINING)
        if first is None or second is None:
            continue
        judged = True
        if second < first - 1:
            told = f"{first} requests remained, and {second} after one more and one with another key"
            yield Broken(told, after, before)
    if not judged:
        raise Unseen("the answers do not say what remains")


def _count(answer: Exchange, name: str) -> int | None:
    value = answer.header(name)
    return int(value) if value is not None and _WHOLE.fullmatch(value) else None
