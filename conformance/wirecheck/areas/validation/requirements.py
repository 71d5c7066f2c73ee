"""Requests that break the contract: spec/rules/validation.md."""

from __future__ import annotations

import re

from wirecheck.area import COMMON, REST, sweeping_of
from wirecheck.areas.http.pools import every_request
from wirecheck.areas.validation import fields
from wirecheck.areas.validation import probes as validation
from wirecheck.areas.validation.pools import (
    Aftermath,
    Modes,
    aftermaths,
    asks_for_stream,
    both_modes,
    every_generated_valid,
    every_invalid,
)
from wirecheck.evidence.exchange import Exchange
from wirecheck.evidence.unseen import Unseen, decision
from wirecheck.judging.oracle import refused_though_valid
from wirecheck.judging.requirement import Broken, Violations, requirement


def _taken(answer: Exchange) -> Violations:
    """A violation where what breaks the contract was not refused."""
    if decision(answer).status not in (400, 422):
        # A body too large or of another type and a missing key are refusals of their own.
        if answer.status in (401, 403, 405, 413, 415):
            return
        stream = " (stream)" if asks_for_stream(answer) else ""
        yield f"{answer.intent.case}{stream}: {answer.status}; 400 or 422 is required"


def _group(answer: Exchange) -> str:
    """Who reads the field that is broken: the contract's or its area's word on the operation."""
    field, operation = answer.intent.field or "", answer.operation
    groups = sweeping_of(operation.id).fields if operation else {}
    for group, pattern in groups.items():
        if re.fullmatch(pattern, field):
            return group
    # Where no area says it, every server reads what a request cannot do without.
    needed = operation is not None and COMMON not in groups and field.split(".")[0] in operation.needs
    return COMMON if needed else REST


def _of(answer: Exchange, group: str) -> None:
    if answer.intent.field is None or _group(answer) != group:
        raise Unseen("it is a field of another kind that is broken")


@requirement("validation.refused", on=every_invalid, feature="errors")
def refuses_what_breaks_the_contract(answer: Exchange) -> Violations:
    """A body that is no request, or whose fields that every server reads break the schema, MUST be refused with 400 or
    422.
    """
    if answer.intent.field is not None:
        _of(answer, COMMON)
    yield from _taken(answer)


@requirement("validation.refused-tools", on=every_invalid, feature="tools")
def refuses_broken_tools(answer: Exchange) -> Violations:
    """A server with tools MUST refuse tools and choices that break the schema with 400 or 422."""
    _of(answer, "tools")
    yield from _taken(answer)


@requirement("validation.refused-format", on=every_invalid, feature="structured_output")
def refuses_broken_formats(answer: Exchange) -> Violations:
    """A server with structured output MUST refuse a `response_format` that breaks the schema with 400 or 422."""
    _of(answer, "structured_output")
    yield from _taken(answer)


@requirement("validation.refused-logprobs", on=every_invalid, feature="logprobs")
def refuses_broken_logprobs(answer: Exchange) -> Violations:
    """A server with log probabilities MUST refuse `logprobs` and `top_logprobs` that break the schema with 400 or
    422.
    """
    _of(answer, "logprobs")
    yield from _taken(answer)


@requirement("validation.refused-rest", on=every_invalid, feature="errors")
def refuses_the_rest(answer: Exchange) -> Violations:
    """Any other field that breaks the schema SHOULD be refused with 400 or 422."""
    _of(answer, REST)
    yield from _taken(answer)


@requirement("validation.answered", on=every_request, feature="errors")
def answers_every_request(answer: Exchange) -> Violations:
    """A request MUST be answered: the connection is not closed, nor a new one refused, before a word is said."""
    if answer.status is None and answer.end != "lost":
        raise Unseen("nobody waited for the answer to the end")
    if answer.end == "lost":
        case = answer.intent.case or f"{answer.request.method} {answer.request.path}"
        yield f"{case}: {answer.error}"


@requirement("validation.param", on=validation.replay, feature="errors")
def names_the_broken_field(seen: validation.Replay) -> Violations:
    """The `param` of the refusal SHOULD name the field that is broken."""
    judged = 0
    for each in seen.refused:
        answer = each.both.sync
        if each.case.field is None or answer.status not in (400, 422) or not isinstance(answer.at("error"), dict):
            continue
        judged += 1
        param = answer.at("error", "param")
        if not isinstance(param, str) or not _names(param, each.case.field):
            told = "null" if param is None else repr(param)
            yield Broken(f"{each.case.name}: param is {told}; {each.case.field!r} is broken", answer)
    if not judged:
        raise Unseen("no refusal of a broken field was seen")


def _names(param: str, field: str) -> bool:
    """Whether a param names a field: the field itself or a part of it, `messages[0].role` or `messages.0.role`."""
    plain = param.replace("[", ".").replace("]", "")
    return plain == field or plain.startswith(f"{field}.")


@requirement("validation.stream-status", on=both_modes, feature="errors")
def refuses_alike_in_both_modes(seen: Modes) -> Violations:
    """An invalid request MUST get the same status with `stream` true and false."""
    sync, stream = seen.sync.status, seen.stream.status
    shed = seen.sync.shed or seen.stream.shed
    if sync is not None and stream is not None and sync != stream and not shed:
        yield Broken(f"{seen.sync.intent.case}: {sync} without a stream, {stream} with one", seen.stream, seen.sync)


@requirement("validation.alive", on=aftermaths, feature="errors")
def survives_invalid_requests(seen: Aftermath) -> Violations:
    """A server MUST go on serving after an invalid request."""
    if not _serves(seen.before):
        raise Unseen(f"the plain request was not served before either: {seen.before}")
    for answer in seen.provocations:
        if answer.end == "no answer":
            yield Broken(f"{answer.intent.case}: {answer.error}", answer)
    if not _serves(seen.alive) and seen.alive.end != "lost":
        last = seen.provocations[-1]
        said = seen.alive.status or seen.alive.error
        yield Broken(f"after {last.intent.case!r}, a plain request: {said}", seen.alive, last)


def _serves(answer: Exchange) -> bool:
    return 200 <= (answer.status or 0) < 300


@requirement("validation.unknown-field", on=validation.unknown_field, feature="errors")
def refuses_unknown_fields(answer: Exchange) -> Violations:
    """A field that the contract does not know SHOULD be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"the field wirecheck_extra was answered with {answer.status}"


@requirement("validation.null-byte", on=validation.null_byte, feature="errors")
def refuses_null_bytes(answer: Exchange) -> Violations:
    """Content with a null byte SHOULD be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"a null byte in content was answered with {answer.status}"


@requirement("validation.surrogate", on=validation.surrogate, feature="errors")
def refuses_half_characters(answer: Exchange) -> Violations:
    """Content with half of a surrogate pair SHOULD be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"a lone surrogate in content was answered with {answer.status}"


@requirement(
    "validation.stream-options",
    on=validation.lonely_options,
    feature="errors",
)
def refuses_stream_options_without_a_stream(answer: Exchange) -> Violations:
    """`stream_options` without `stream: true` SHOULD be refused with 400 or 422."""
    if decision(answer).status not in (400, 422):
        yield f"stream_options without stream was answered with {answer.status}"


@requirement("validation.endless", on=validation.endless_tokens, feature="errors")
def bounds_what_it_is_asked_for(seen: validation.Endless) -> Violations:
    """A `max_tokens` of a billion MUST be refused, or served like any other: the answer begins, and the next request is
    served.
    """
    if (seen.asked.status or 0) >= 500:
        raise Unseen(f"neither refused nor served: {seen.asked}")
    if seen.asked.end == "no answer":
        yield Broken(f"not a byte came: {seen.asked.error}", seen.asked)
    elif seen.alive is not None and seen.alive.status is None:
        yield Broken(f"after it, a plain request: {seen.alive.error or seen.alive.end}", seen.alive, seen.asked)


@requirement(
    "validation.accepted",
    on=every_generated_valid,
    feature="errors",
)
def accepts_what_keeps_the_contract(answer: Exchange) -> Violations:
    """A request that keeps the schema SHOULD be accepted."""
    body, param = answer.request.json, answer.at("error", "param")
    nulls = [name for name, value in body.items() if value is None] if isinstance(body, dict) else []
    if not refused_though_valid(answer):
        return
    if not nulls or (isinstance(param, str) and param not in nulls and param in body):
        yield f"{answer.intent.case or 'a generated valid request'}: {answer.status}"
    else:
        raise Unseen("a field is null, which is for validation.null to judge")


@requirement("validation.null", on=fields.nulls, feature="chat")
def takes_null_for_nothing(seen: fields.Tried) -> Violations:
    """A field SHOULD be accepted as null where its schema takes null."""
    yield from _refused_alone(seen, {edge.field for edge, _ in seen.alone})


@requirement("validation.edges", on=fields.at_the_edges, feature="chat")
def takes_what_is_just_legal(seen: fields.Tried) -> Violations:
    """A field that every server reads SHOULD be accepted at the least and the greatest value that its schema allows,
    and in each of its forms.
    """
    # A field that is refused whatever it is is one that the server lacks: which it may not, others say.
    taken = {edge.field for group, answer in seen.together if answer.status == 200 for edge in group}
    yield from _refused_alone(seen, taken | {edge.field for edge, answer in seen.alone if answer.status == 200})


def _refused_alone(seen: fields.Tried, judged: set[str]) -> Violations:
    """The legal values of fields that were refused by themselves. A 5xx is for `errors.no-5xx`."""
    if all(answer.status is None or answer.status >= 500 for _, answer in (*seen.together, *seen.alone)):
        raise Unseen("no such request was answered")
    for edge, answer in seen.alone:
        if edge.field in judged and answer.status in (400, 404, 422):
            message = answer.at("error", "message")
            yield Broken(
                f"{edge.case}: {answer.status}{f': {message}'[:160] if isinstance(message, str) else ''}", answer
            )
