"""Judgements made by hand: a plain one, one of a hostile server, and the pieces of both."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from wirecheck.contract.rules import Section
from wirecheck.evidence.exchange import Chunk, Exchange, Intent, Request
from wirecheck.judging.pool import Pool
from wirecheck.judging.requirement import Broken, Level, Requirement
from wirecheck.judging.verdict import AreaCost, Cost, Judgement, Result, Tally

KEY = 'sk-very/secret+key="4711"'
URL = "http://localhost:8000/v1"
HEADERS = (("content-type", "application/json"), ("authorization", "Bearer $WIRECHECK_API_KEY"))

ANSWERS = Pool("answer", lambda _: True)


def _holds(_: Any) -> Iterator[str]:
    return iter(())


SECTION = Section("streams/streams.md#the-end", "The end", "RFC 9112 section 7.1.", "A truncated stream is silent.")


def about(id_: str, level: Level = "MUST", section: Section = SECTION, feature: str = "streaming") -> Requirement:
    """A requirement that judges nothing."""
    return Requirement(id_, level, f"A stream {level} say `{id_}` at its end.", section, feature, ANSWERS, _holds)


def asked(body: Any = None, **fields: Any) -> Request:
    """A chat request."""
    data = body if isinstance(body, bytes) else json.dumps(body or {"model": "echo", "messages": []}).encode()
    given: dict[str, Any] = {"url": f"{URL}/chat/completions", "headers": HEADERS, "body": data} | fields
    return Request("POST", "/v1/chat/completions", **given)


def answered(body: bytes = b"{}", status: int | None = 200, **fields: Any) -> Exchange:
    """A JSON answer."""
    given: dict[str, Any] = {
        "headers": (("content-type", "application/json"),),
        "chunks": (Chunk(0.01, body),),
        "seconds": 0.02,
        "intent": Intent("chat.plain"),
    } | fields
    return Exchange(given.pop("request", None) or asked(), status, **given)


def streamed(*events: str, **fields: Any) -> Exchange:
    """An answer in server-sent events, ten milliseconds apart."""
    chunks = tuple(Chunk(0.01 * (place + 1), f"data: {event}\n\n".encode()) for place, event in enumerate(events))
    given: dict[str, Any] = {
        "headers": (("content-type", "text/event-stream"),),
        "chunks": chunks,
        "seconds": 0.01 * len(events) + 0.002,
    } | fields
    request = asked({"model": "echo", "messages": [{"role": "user", "content": "hi"}], "stream": True})
    return answered(request=request, **given)


def judgement(*results: Result, **fields: Any) -> Judgement:
    """A judgement whose tally follows from the results as far as reports care."""
    broken = [each for each in results if each.breaks and each.requirement.level == "MUST"]
    errored = sum(each.outcome == "errored" for each in results)
    graded = {
        level: [each for each in results if each.outcome in ("passed", "failed") and each.requirement.level == level]
        for level in ("MUST", "SHOULD")
    }
    counts = {level: (sum(each.outcome == "passed" for each in found), len(found)) for level, found in graded.items()}
    line = Tally(
        "core",
        "violates" if broken else "cannot tell" if errored else "conforms",
        counts["MUST"],
        counts["SHOULD"],
        sum(each.outcome == "unsupported" for each in results),
        sum(each.outcome == "untestable" for each in results),
        errored,
        (f"{len(broken)} MUSTs are broken",) if broken else ("the suite itself broke",) if errored else (),
    )
    given: dict[str, Any] = {
        "suite_version": "0.1.0",
        "contract_digest": "ab" * 32,
        "url": URL,
        "model": "echo",
        "declared": ("tools",),
        "features": {"models": "found", "tools": "absent", "auth": "no key was given"},
        "profile": "core",
        "seed": 1,
        "mode": "default",
        "cost": Cost(118, 1234, 5.234, (AreaCost("chat", 100, 1234), AreaCost("models", 18, 0))),
        "results": results,
        "tallies": (line,),
        "secrets": (KEY,),
    } | fields
    return Judgement(**given)


def plain() -> Judgement:
    """One result of every outcome."""
    stream = streamed('{"choices": [{"delta": {"content": "hello"}}]}', '{"choices": []}')
    three = (
        Broken("the stream ended with `{...}`; `[DONE]` is required", stream),
        Broken("the stream ended with nothing", stream),
        Broken("nobody answered", answered(b"", None, end="lost", error="ConnectError: refused", headers=())),
    )
    return judgement(
        Result(about("stream.done"), "failed", violations=three, count=9, judged=12),
        Result(about("errors.type", "SHOULD"), "failed", violations=(Broken("type is null", answered()),), count=1),
        Result(
            about("chat.created"),
            "failed",
            violations=(Broken("created is a float", answered()),),
            count=1,
            deviation="fixed in 2.0",
        ),
        Result(about("models.list"), "passed", judged=3),
        Result(about("tools.index", feature="tools"), "unsupported", "tool calls"),
        Result(about("auth.missing", feature="auth"), "untestable", "no key was given"),
        Result(about("auth.wrong", feature="auth"), "untestable", "no key was given"),
        Result(about("chat.odd"), "errored", "Traceback (most recent call last):\n  File x\nKeyError: 'choices'"),
        notes=("present but not declared: logprobs",),
    )


ANSI = "\x1b[31mred\x1b]0;owned\x07\x9b2J"


def hostile() -> Judgement:
    """A server that sends what acts on terminals, XML, Markdown, JSON and secrets."""
    junk = f"{ANSI} \u202e ]]> </details> <script>alert(1)</script> ``` | [x](y) [bold]b[/bold] \ud800 {KEY} \0"
    big = (junk * 2000).encode("utf-8", "surrogatepass")
    headers = (("content-type", "text/event-stream"), ("x-echo", f"Bearer {KEY}"), ("x-ansi", ANSI))
    many = streamed(*[f"{place} {ANSI} {KEY}" for place in range(500)], headers=headers, seconds=float("nan"))
    return judgement(
        Result(
            about("errors.body"),
            "failed",
            violations=(
                Broken(junk, answered(big, headers=headers, error=junk, seconds=float("inf"))),
                Broken(repr(junk), many),
                Broken(junk * 100, answered(b"\xff\xfe\x00" + big, request=asked({"k": KEY, "junk": junk}))),
            ),
            count=3,
            reason=junk,
        ),
        Result(about("errors.known"), "failed", violations=(Broken(junk, many),), count=1, deviation=junk),
        Result(about("errors.broke"), "errored", junk * 500),
        Result(about("errors.unseen"), "untestable", junk),
        url=f"{URL}/{KEY}",
        model=junk,
        features={"models": junk, "chat": "found"},
        notes=(junk,),
        cost=Cost(1, 1, float("nan")),
    )
