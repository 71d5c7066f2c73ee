"""Streams as newline-delimited JSON: spec/rules/ndjson.md."""

from __future__ import annotations

from wirecheck.areas.chat.probes import streaming
from wirecheck.areas.chat.probes.chat import Repeated
from wirecheck.areas.chat.sameness import differences
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import Exchange
from wirecheck.judging.requirement import Violations, requirement


@requirement("ndjson.lines", on=streaming.ndjson, feature="ndjson")
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


@requirement("ndjson.same-text", on=streaming.repeated_ndjson, feature="ndjson")
def carries_the_same_text(seen: Repeated) -> Violations:
    """The joined deltas of the lines MUST be the text of the same request without a stream, where the model says it
    the same way each time.
    """
    yield from differences(seen)
