"""Structured output: spec/rules/structured.md."""

from __future__ import annotations

from typing import Any

import jsonschema_rs

from wirecheck.areas.chat.probes import structured
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read
from wirecheck.evidence import strict_json
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, decision, half_refused
from wirecheck.judging.requirement import Broken, Violations, requirement


def _value(answer: Exchange) -> tuple[Any, str]:
    """The value that the text of the answer is, and the text. Raises `NotJson`."""
    first = read(answer).first
    if first.finish in ("length", "content_filter") or first.refusal:
        raise Unseen("the answer was cut, filtered or refused")
    return strict_json.parse(first.text), first.text


def _follows(answer: Exchange) -> Violations:
    try:
        value, text = _value(answer)
    except strict_json.NotJson as error:
        yield Broken(f"the content is not JSON ({error}): {read(answer).first.text[:160]!r}", answer)
        return
    for wrong in jsonschema_rs.Draft202012Validator(structured.SCHEMA).iter_errors(value):
        yield Broken(f"{text[:160]}: {wrong.message}", answer)


@requirement("structured.schema", on=structured.instance, feature="structured_output")
def follows_the_schema(seen: Both) -> Violations:
    """The content of an answer to `json_schema` MUST be an instance of the schema."""
    yield from _follows(seen.sync)


@requirement(
    "structured.schema-stream",
    on=structured.instance,
    feature="structured_output",
)
def follows_the_schema_in_a_stream(seen: Both) -> Violations:
    """The joined deltas of a stream with `json_schema` MUST be an instance of the schema."""
    yield from _follows(seen.stream)


@requirement("structured.unusable", on=structured.unusable, feature="structured_output")
def refuses_an_unusable_schema(answer: Exchange) -> Violations:
    """A schema that cannot be used MUST be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"a schema whose $ref leads nowhere was answered with {answer.status}; 400 or 422 is required"


def _in_both_modes(seen: Both) -> Violations:
    for answer in half_refused((seen.sync, seen.stream)):
        mode = "in a stream" if answer is seen.stream else "without a stream"
        yield Broken(f"response_format {mode} was answered with {answer.status}, in the other mode with 200", answer)


@requirement("structured.both-modes", on=structured.instance, feature="structured_output")
def takes_schemas_in_both_modes(seen: Both) -> Violations:
    """A server that takes `json_schema` MUST take it with and without a stream."""
    yield from _in_both_modes(seen)


@requirement("structured.object-both-modes", on=structured.objects, feature="json_mode")
def takes_json_mode_in_both_modes(seen: Both) -> Violations:
    """A server that takes `json_object` MUST take it with and without a stream."""
    yield from _in_both_modes(seen)


@requirement("structured.object", on=structured.anything, feature="json_mode")
def gives_an_object(answer: Exchange) -> Violations:
    """The content of an answer to `json_object` MUST be one JSON object."""
    try:
        value, text = _value(answer)
    except strict_json.NotJson as error:
        yield f"the content is not JSON ({error}): {read(answer).first.text[:160]!r}"
    else:
        if not isinstance(value, dict):
            yield f"the content is no object: {text[:160]}"
