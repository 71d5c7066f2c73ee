"""Streams as newline-delimited JSON: spec/rules/ndjson.md."""

from __future__ import annotations

from wirecheck import strict_json
from wirecheck.completion import read
from wirecheck.exchange import Exchange
from wirecheck.probes import streaming
from wirecheck.probes.chat import Both
from wirecheck.requirement import Broken, Violations, requirement


@requirement("ndjson.lines", on=streaming.ndjson, cites="ndjson.md#lines", feature="ndjson")
def writes_one_object_a_line(answer: Exchange) -> Violations:
    """Each line MUST be one JSON object, and end with LF; `[DONE]` is no line."""
    *lines, rest = answer.body.split(b"\n")
    if rest:
        yield f"the last line does not end with LF: {rest[:120]!r}"
    for number, line in enumerate(lines, 1):
        try:
            value = strict_json.parse(line)
        except strict_json.NotJson as error:
            yield f"line {number}: {error}: {line[:120]!r}"
        else:
            if not isinstance(value, dict):
                yield f"line {number} is no object: {line[:120]!r}"


@requirement("ndjson.same-text", on=streaming.both_ndjson, cites="ndjson.md#lines", feature="ndjson")
def carries_the_same_text(seen: Both) -> Violations:
    """The joined deltas of the lines MUST be the text of the same request without a stream."""
    sync, stream = read(seen.sync).first.text, read(seen.stream).first.text
    if sync != stream:
        yield Broken(f"without a stream {sync!r}, the lines join to {stream!r}", seen.stream)
