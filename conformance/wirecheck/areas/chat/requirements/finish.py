"""Why an answer ended, and that a limit is kept: spec/rules/finish.md."""

from __future__ import annotations

from wirecheck.areas.chat import chunk_order
from wirecheck.areas.chat.asking import PHRASE
from wirecheck.areas.chat.dialect import LIMITS
from wirecheck.areas.chat.pools import every_completion, every_stream
from wirecheck.areas.chat.probes import chat, streaming
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import Exchange, at, whole_number
from wirecheck.evidence.unseen import Unseen, accepts
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("finish.reason", on=every_completion, feature="chat")
def gives_a_known_reason(answer: Exchange) -> Violations:
    """Each choice MUST have a `finish_reason` out of the list of the contract."""
    for each in shape.breaks(answer, "finish reason"):
        yield str(each)


@requirement("finish.stream-reason", on=every_stream, feature="streaming")
def streams_a_known_reason(answer: Exchange) -> Violations:
    """Each choice of each chunk MUST have the key `finish_reason`: null, or a reason out of the list in the last
    one.
    """
    for each in shape.breaks(answer, "chunk finish reason")[:3]:
        yield str(each)


@requirement("finish.natural", on=chat.ended, feature="chat")
def stops_when_it_is_done(answers: tuple[Exchange, ...]) -> Violations:
    """An answer that came to its own end or to a stop string MUST have the reason `stop`."""
    whole = [answer for answer in answers if _whole(answer)]
    for answer in whole:
        finish = read(answer).first.finish
        if finish in ("length", "tool_calls", "content_filter", "function_call"):
            yield Broken(f"the answer is whole, finish_reason is {finish!r}", answer)
    if not whole and not any(answer.status == 200 and read(answer).first.finish == "stop" for answer in answers):
        raise Unseen("none of the answers that were to repeat a text came to its own end")


def _whole(answer: Exchange) -> bool:
    """Whether an answer is the text asked for and nothing more, and shorter than its limit."""
    if answer.status != 200:
        return False
    found = read(answer)
    body = answer.request.json
    limits = [limit for name in LIMITS if (limit := whole_number(at(body, name))) is not None]
    tokens, limit = found.count("completion_tokens"), min(limits, default=None)
    wanted = chat.KEPT if at(answer.request.json, "stop") else PHRASE
    return found.first.text.strip() == wanted and (tokens is None or limit is None or tokens < limit)


def _is_cut(answer: Exchange) -> bool:
    """Whether an answer is the beginning of the text, and by its own count as long as it may be.

    An answer may also end early by itself; the count is what tells a cut.
    """
    if answer.status != 200:
        return False
    found = read(answer)
    first = found.first
    text = first.text.strip()
    if not text:  # its thoughts took what there was
        return found.thought and not first.refusal and not first.calls
    return chat.LONG.startswith(text) and text != chat.LONG and (_tokens(answer) or 0) >= chat.FEW


def _says_so(answer: Exchange) -> bool:
    """Whether an answer says itself that it was cut. One that says so of a whole is for `finish.natural` to judge."""
    return answer.status == 200 and read(answer).first.finish == "length"


def _tokens(answer: Exchange) -> int | None:
    """The tokens of the text: those that the model thought in, which not every server counts, are taken off."""
    found = read(answer)
    count, thoughts = found.count("completion_tokens"), found.reasoning_tokens
    if found.thought:
        return None if count is None or thoughts is None else count - thoughts
    return count


def _says_length(answer: Exchange) -> Violations:
    first = read(answer).first
    if chunk_order.finishes(first.finish) and first.finish != "length":
        yield Broken(f"cut at {first.text!r}, finish_reason is {first.finish!r}; length is required", answer)


@requirement("finish.length", on=chat.all_cut, feature="chat")
def says_that_it_was_cut(answers: tuple[Exchange, ...]) -> Violations:
    """An answer cut by `max_tokens` or `max_completion_tokens` MUST have the reason `length`."""
    cut = [answer for answer in answers if _is_cut(answer) or _says_so(answer)]
    for answer in cut:
        yield from _says_length(answer)
    if not cut:
        raise Unseen("the model did not say the text, cut")


@requirement("finish.length-stream", on=chat.cut, feature="streaming")
def says_so_in_a_stream(seen: Both) -> Violations:
    """A stream cut by `max_tokens` MUST have the reason `length`."""
    sync, stream = read(seen.sync).first, read(seen.stream).first
    cut = _is_cut(seen.sync) or sync.finish == "length"
    # Whether usage comes or not: a stream that reaches as far as an answer that was cut there was cut, too.
    if stream.finish != "length" and not _is_cut(seen.stream) and not (cut and stream.text.startswith(sync.text)):
        raise Unseen("the model did not say the text, cut")
    yield from _says_length(seen.stream)


def _few(answer: Exchange, name: str) -> Violations:
    text, tokens = read(answer).first.text, _tokens(answer)
    if chat.LONG in text:
        yield Broken(f"{name} is {chat.FEW}, the answer has all {len(chat.LONG.split())} words", answer)
    elif tokens is not None and tokens > chat.FEW:
        yield Broken(f"{name} is {chat.FEW}, usage counts {tokens} completion tokens", answer)


def _few_streamed(sync: Exchange, stream: Exchange, name: str) -> Violations:
    """A stream counts nothing unless it is asked to; the plain answer says how far the limit reaches."""
    cut, text = read(sync).first.text.split(), read(stream).first.text.split()
    words = chat.LONG.split()
    if _is_cut(sync) and len(text) > len(cut) and text[:-1] == words[: len(text) - 1]:
        yield Broken(f"{name} is {chat.FEW}; {len(cut)} words without a stream, {len(text)} in the stream", stream)
    else:
        yield from _few(stream, name)


@requirement("finish.max-tokens", on=chat.cut, feature="max_tokens")
def keeps_max_tokens(seen: Both) -> Violations:
    """An answer MUST NOT have more tokens than `max_tokens`."""
    yield from _few(seen.sync, "max_tokens")
    if seen.stream.status == 200:
        yield from _few_streamed(seen.sync, seen.stream, "max_tokens")


@requirement("finish.max-completion-tokens", on=chat.cut_by_completion_tokens, feature="chat")
def keeps_max_completion_tokens(answers: tuple[Exchange, ...]) -> Violations:
    """`max_completion_tokens` MUST be taken, and kept as `max_tokens` is."""
    name = "max_completion_tokens"
    refused = [answer for answer in answers if not accepts(answer)]
    for answer in refused[:1]:
        yield Broken(f"{name} was answered with {answer.status}; 200 is required", answer)
    if not refused:
        yield from _few(answers[0], name)
        for stream in answers[1:]:
            yield from _few_streamed(answers[0], stream, name)


@requirement("finish.stream-equal", on=streaming.pairs, feature="streaming")
def ends_alike_in_both_modes(pairs: tuple[Both, ...]) -> Violations:
    """A stream MUST end with the reason that the same request has without a stream."""
    judged = 0
    for seen in pairs:
        if seen.sync.status != 200 or seen.stream.status != 200:
            continue
        sync, stream = read(seen.sync).first, read(seen.stream).first
        known = chunk_order.finishes(sync.finish) and chunk_order.finishes(stream.finish)
        # A plain answer whose own reason is not true is for `finish.natural` to judge.
        untrue = _whole(seen.sync) and sync.finish != "stop"
        if not known or untrue or sync.text != stream.text:
            continue
        judged += 1
        if sync.finish != stream.finish:
            yield Broken(f"without a stream {sync.finish!r}, in the stream {stream.finish!r}", seen.stream)
    if not judged:
        raise Unseen("no two answers can be compared")
