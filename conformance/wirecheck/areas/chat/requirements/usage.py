"""The counts of tokens: spec/rules/usage.md."""

from __future__ import annotations

import json

from wirecheck.areas.chat.chunk_order import breaches
from wirecheck.areas.chat.pools import every_chat_success, every_completion, every_stream
from wirecheck.areas.chat.probes import chat, streaming
from wirecheck.areas.chat.probes.chat import Both
from wirecheck.areas.chat.reading import read
from wirecheck.evidence.exchange import Exchange, at, items, whole_number
from wirecheck.evidence.unseen import Unseen
from wirecheck.judging import shape
from wirecheck.judging.requirement import Broken, Violations, requirement


@requirement("usage.given", on=every_completion, feature="chat")
def counts_every_answer(answer: Exchange) -> Violations:
    """An answer without a stream SHOULD hold `usage` with whole `prompt_tokens`, `completion_tokens` and
    `total_tokens`.
    """
    for each in shape.breaks(answer, "usage"):
        yield str(each)


@requirement("usage.sum", on=every_chat_success, feature="chat")
def adds_up(answer: Exchange) -> Violations:
    """`total_tokens` MUST be the sum of `prompt_tokens` and `completion_tokens`."""
    found = read(answer)
    counts = [found.count(name) for name in ("prompt_tokens", "completion_tokens", "total_tokens")]
    if any(count is None for count in counts):
        raise Unseen("the usage is not whole")
    prompt, completion, total = (count or 0 for count in counts)
    if prompt + completion != total:
        yield f"{prompt} + {completion} = {prompt + completion}, total_tokens is {total}"


@requirement("usage.parts", on=every_chat_success, feature="chat")
def counts_parts_within_the_whole(answer: Exchange) -> Violations:
    """A detail of the usage MUST NOT be more than the count that it is a part of."""
    usage = read(answer).usage
    judged = False
    for whole, part in (
        ("completion_tokens", ("completion_tokens_details", "reasoning_tokens")),
        ("prompt_tokens", ("prompt_tokens_details", "cached_tokens")),
    ):
        detail, count = whole_number(at(usage, *part)), whole_number(at(usage, whole))
        if detail is None or count is None:
            continue
        judged = True
        if detail > count:
            yield f"{'.'.join(part)} is {detail}, {whole} is {count}"
    if not judged:
        raise Unseen("the usage has no details")


@requirement("usage.counts", on=chat.plain, feature="chat")
def counts_what_was_said(answers: tuple[Exchange, ...]) -> Violations:
    """`prompt_tokens` and `completion_tokens` MUST count what was said: at least one for every 30 characters of
    text.
    """
    judged = 0
    for answer in answers:
        if answer.status != 200:
            continue
        found = read(answer)
        prompt = "".join(str(at(each, "content")) for each in items(answer.request.json, "messages"))
        for name, text in (("prompt_tokens", prompt), ("completion_tokens", found.first.text)):
            tokens = found.count(name)
            if tokens is None or len(text) < 30:
                continue
            judged += 1
            if tokens < len(text) // 30 + 1:
                yield Broken(f"{len(text)} characters of text, {name} is {tokens}", answer)
    if not judged:
        raise Unseen("no count, or no text to count")


@requirement("usage.stream-once", on=streaming.counted, feature="streaming")
def counts_a_stream_once(answer: Exchange) -> Violations:
    """A stream with `include_usage` MUST hold exactly one usage object, in a chunk without choices."""
    if answer.status is None:
        raise Unseen(f"no answer came: {answer.error or answer.end}")
    if answer.status != 200:
        yield f"stream_options.include_usage was answered with {answer.status}"
        return
    found = [(number, value) for number, value in answer.objects if isinstance(at(value, "usage"), dict)]
    if len(found) != 1:
        yield f"{len(found)} of {len(answer.objects)} chunks hold a usage object"
    elif at(found[0][1], "choices") != []:
        choices = json.dumps(at(found[0][1], "choices"), default=str)
        yield f"event {found[0][0]} holds the usage, and choices {choices}; [] is required"[:300]


@requirement("usage.stream-last", on=streaming.counted, feature="streaming")
def counts_a_stream_last(answer: Exchange) -> Violations:
    """The usage chunk MUST be the last chunk of its stream."""
    if not isinstance(read(answer).usage, dict):
        raise Unseen("the stream holds no usage")
    for breach in breaches(answer):
        if breach.rule == "usage last":
            yield breach.message


@requirement("usage.stream-shape", on=every_stream, feature="streaming")
def shapes_the_usage_of_a_stream(answer: Exchange) -> Violations:
    """`usage` in a chunk MUST be null or whole."""
    for each in shape.breaks(answer, "chunk usage")[:3]:
        yield str(each)


@requirement("usage.stream-unasked", on=streaming.streamed, feature="streaming")
def counts_a_stream_only_when_asked(answer: Exchange) -> Violations:
    """A stream without `include_usage` SHOULD NOT hold a usage object."""
    if any(isinstance(at(value, "usage"), dict) for _, value in answer.objects):
        yield "no usage was asked for, yet a chunk holds one"


@requirement("usage.stream-equal", on=streaming.both_counted, feature="streaming")
def counts_both_modes_alike(seen: Both) -> Violations:
    """The usage of a stream MUST be that of the same request without a stream, where both gave the same text."""
    sync, stream = read(seen.sync), read(seen.stream)
    # A stream that lost its text has a sentence of its own.
    if sync.usage is None or stream.usage is None or (sync.first.text and not stream.first.text):
        raise Unseen("the two answers cannot be compared")
    # How long a model thinks before it speaks varies, and is counted; the question is the same whatever it says.
    alike = sync.first.text == stream.first.text and not sync.thought and not stream.thought
    names = ("prompt_tokens", "completion_tokens") if alike else ("prompt_tokens",)
    for name in names:
        before, after = sync.count(name), stream.count(name)
        if before is not None and after is not None and before != after:
            yield Broken(f"{name}: {before} without a stream, {after} in the stream", seen.stream)
