"""Requests that break the contract: spec/rules/validation.md."""

from __future__ import annotations

import re

from wirecheck.exchange import Exchange
from wirecheck.pools import every_invalid, every_request, found_by
from wirecheck.probe import Unseen
from wirecheck.probes import validation
from wirecheck.requirement import Broken, Violations, requirement

# What every chat server reads. A server that ignores what it does not know cannot be held to the rest.
_COMMON = re.compile(
    r"model|messages(\.\d+(\.(role|content))?)?|temperature|top_p|n|stop(\.\d+)?|stream|seed|max_tokens"
    r"|max_completion_tokens|presence_penalty|frequency_penalty|limit"
)
_TOOLS = re.compile(r"(tools|tool_choice|parallel_tool_calls)(\..*)?")
_FORMAT = re.compile(r"response_format(\..*)?")
_LOGPROBS = re.compile(r"logprobs|top_logprobs")
_KNOWN = (_COMMON, _TOOLS, _FORMAT, _LOGPROBS)


def _taken(answer: Exchange) -> Violations:
    """A violation where what breaks the contract was not refused."""
    if answer.status is not None and answer.status < 500 and answer.status not in (400, 422):
        # A body too large or of another type, a missing key and a spent limit are refusals of their own.
        if answer.status in (401, 403, 405, 413, 415, 429) or answer.intent.finding("unsupported_method"):
            return
        stream = " (stream)" if _streams(answer) else ""
        yield f"{answer.intent.case}{stream}: {answer.status}; 400 or 422 is required"


def _of(answer: Exchange, fields: re.Pattern[str]) -> None:
    if not fields.fullmatch(answer.intent.field or ""):
        raise Unseen("it is another field that is broken")


@requirement("validation.refused", on=every_invalid, cites="validation.md#refusal", feature="errors")
def refuses_what_breaks_the_contract(answer: Exchange) -> Violations:
    """A body that is no request, or whose fields that every server reads break the schema, MUST be refused with 400 or
    422.
    """
    if answer.intent.field is not None:
        _of(answer, _COMMON)
    yield from _taken(answer)


@requirement("validation.refused-tools", on=every_invalid, cites="validation.md#refusal", feature="tools")
def refuses_broken_tools(answer: Exchange) -> Violations:
    """A server with tools MUST refuse tools and choices that break the schema with 400 or 422."""
    _of(answer, _TOOLS)
    yield from _taken(answer)


@requirement("validation.refused-format", on=every_invalid, cites="validation.md#refusal", feature="structured_output")
def refuses_broken_formats(answer: Exchange) -> Violations:
    """A server with structured output MUST refuse a `response_format` that breaks the schema with 400 or 422."""
    _of(answer, _FORMAT)
    yield from _taken(answer)


@requirement("validation.refused-logprobs", on=every_invalid, cites="validation.md#refusal", feature="logprobs")
def refuses_broken_logprobs(answer: Exchange) -> Violations:
    """A server with log probabilities MUST refuse `logprobs` and `top_logprobs` that break the schema with 400 or
    422.
    """
    _of(answer, _LOGPROBS)
    yield from _taken(answer)


@requirement("validation.refused-rest", on=every_invalid, cites="validation.md#refusal", feature="errors")
def refuses_the_rest(answer: Exchange) -> Violations:
    """Any other field that breaks the schema SHOULD be refused with 400 or 422."""
    field = answer.intent.field
    if field is None or any(fields.fullmatch(field) for fields in _KNOWN):
        raise Unseen("the broken field has a sentence of its own")
    yield from _taken(answer)


@requirement("validation.answered", on=every_request, cites="validation.md#survival", feature="errors")
def answers_every_request(answer: Exchange) -> Violations:
    """A request MUST be answered: the connection is not closed, nor a new one refused, before a word is said."""
    if answer.status is None and answer.end != "lost":
        raise Unseen("nobody waited for the answer to the end")
    if answer.end == "lost":
        case = answer.intent.case or f"{answer.request.method} {answer.request.path}"
        yield f"{case}: {answer.error}"


def _streams(answer: Exchange) -> bool:
    body = answer.request.json
    return b'"stream": true' in answer.request.body or (isinstance(body, dict) and body.get("stream") is True)


@requirement("validation.param", on=validation.replay, cites="validation.md#refusal", feature="errors")
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
            yield Broken(f"{each.case.name}: param is {param!r}; {each.case.field!r} is broken", answer)
    if not judged:
        raise Unseen("no refusal of a broken field was seen")


def _names(param: str, field: str) -> bool:
    """Whether a param names a field: the field itself or a part of it, `messages[0].role` or `messages.0.role`."""
    plain = param.replace("[", ".").replace("]", "")
    return plain == field or plain.startswith(f"{field}.")


@requirement("validation.stream-status", on=validation.replay, cites="validation.md#both-modes", feature="errors")
def refuses_alike_in_both_modes(seen: validation.Replay) -> Violations:
    """An invalid request MUST get the same status with `stream` true and false."""
    for each in seen.refused:
        sync, stream = each.both.sync.status, each.both.stream.status
        if sync is not None and stream is not None and sync != stream:
            yield Broken(f"{each.case.name}: {sync} without a stream, {stream} with one", each.both.stream)


@requirement("validation.alive", on=validation.replay, cites="validation.md#survival", feature="errors")
def survives_invalid_requests(seen: validation.Replay) -> Violations:
    """A server MUST go on serving after an invalid request."""
    if seen.before.status != 200:
        raise Unseen(f"the plain request was not served before either: {seen.before}")
    for each in seen.refused:
        for answer in (each.both.sync, each.both.stream):
            if answer.end == "no answer":
                yield Broken(f"{each.case.name}: {answer.error}", answer)
        if each.alive.status not in (200, 429) and each.alive.end != "lost":
            yield Broken(
                f"after {each.case.name!r}, a plain request: {each.alive.status or each.alive.error}",
                each.alive,
            )
            return


@requirement("validation.unknown-field", on=validation.unknown_field, cites="validation.md#refusal", feature="errors")
def refuses_unknown_fields(answer: Exchange) -> Violations:
    """A field that the contract does not know SHOULD be refused with 400 or 422."""
    if answer.status is not None and answer.status < 400:
        yield f"the field wirecheck_extra was answered with {answer.status}"


@requirement("validation.null-byte", on=validation.null_byte, cites="validation.md#text", feature="errors")
def refuses_null_bytes(answer: Exchange) -> Violations:
    """Content with a null byte SHOULD be refused with 400 or 422."""
    if answer.status is not None and answer.status < 400:
        yield f"a null byte in content was answered with {answer.status}"


@requirement("validation.surrogate", on=validation.surrogate, cites="validation.md#text", feature="errors")
def refuses_half_characters(answer: Exchange) -> Violations:
    """Content with half of a surrogate pair SHOULD be refused with 400 or 422."""
    if answer.status is not None and answer.status < 400:
        yield f"a lone surrogate in content was answered with {answer.status}"


@requirement(
    "validation.stream-options",
    on=validation.lonely_options,
    cites="validation.md#both-modes",
    feature="errors",
)
def refuses_stream_options_without_a_stream(answer: Exchange) -> Violations:
    """`stream_options` without `stream: true` SHOULD be refused with 400 or 422."""
    if answer.status is not None and answer.status < 400:
        yield f"stream_options without stream was answered with {answer.status}"


@requirement("validation.endless", on=validation.endless_tokens, cites="validation.md#survival", feature="errors")
def bounds_what_it_is_asked_for(seen: validation.Endless) -> Violations:
    """A `max_tokens` of a billion MUST be refused, or served like any other: the answer begins, and the next request is
    served.
    """
    if seen.asked.end == "no answer":
        yield Broken(f"not a byte came: {seen.asked.error}", seen.asked)
    elif seen.alive is not None and seen.alive.status is None:
        yield Broken(f"after it, a plain request: {seen.alive.error or seen.alive.end}", seen.alive)


@requirement(
    "validation.accepted",
    on=found_by("positive_data_acceptance"),
    cites="validation.md#valid-requests",
    feature="errors",
)
def accepts_what_keeps_the_contract(answer: Exchange) -> Violations:
    """A request that keeps the schema SHOULD be accepted."""
    found = answer.intent.finding("positive_data_acceptance")
    if found and (answer.status or 0) < 500:
        yield f"{answer.intent.case or 'a generated valid request'}: {answer.status}"
