"""The counts of tokens: spec/rules/usage.md."""

from __future__ import annotations

from wirecheck import shape
from wirecheck.chunk_order import walk
from wirecheck.completion import read
from wirecheck.exchange import Exchange, at, items
from wirecheck.pools import every_chat_success, every_completion, every_stream
from wirecheck.probe import Unseen
from wirecheck.probes import chat, streaming
from wirecheck.probes.chat import Both
from wirecheck.requirement import Broken, Violations, requirement


@requirement("usage.given", on=every_completion, cites="usage.md#counts", feature="chat")
def counts_every_answer(answer: Exchange) -> Violations:
    """An answer without a stream MUST hold `usage` with whole `prompt_tokens`, `completion_tokens` and
    `total_tokens`.
    """
    for each in shape.breaks(answer, "usage"):
        yield str(each)


@requirement("usage.sum", on=every_chat_success, cites="usage.md#counts", feature="chat")
def adds_up(answer: Exchange) -> Violations:
    """`total_tokens` MUST be the sum of `prompt_tokens` and `completion_tokens`."""
    found = read(answer)
    counts = [found.count(name) for name in ("prompt_tokens", "completion_tokens", "total_tokens")]
    if any(count is None for count in counts):
        raise Unseen("the usage is not whole")
    prompt, completion, total = (count or 0 for count in counts)
    if prompt + completion != total:
        yield f"{prompt} + {completion} = {prompt + completion}, total_tokens is {total}"


@requirement("usage.parts", on=every_chat_success, cites="usage.md#counts", feature="chat")
def counts_parts_within_the_whole(answer: Exchange) -> Violations:
    """A detail of the usage MUST NOT be more than the count that it is a part of."""
    usage = read(answer).usage
    judged = False
    for whole, part in (
        ("completion_tokens", ("completion_tokens_details", "reasoning_tokens")),
        ("prompt_tokens", ("prompt_tokens_details", "cached_tokens")),
    ):
        detail, count = shape.whole(at(usage, *part)), shape.whole(at(usage, whole))
        if detail is None or count is None:
            continue
        judged = True
        if detail > count:
            yield f"{'.'.join(part)} is {detail}, {whole} is {count}"
    if not judged:
        raise Unseen("the usage has no details")


@requirement("usage.counts", on=chat.plain, cites="usage.md#counts", feature="chat")
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


@requirement("usage.stream-once", on=streaming.counted, cites="usage.md#in-a-stream", feature="streaming")
def counts_a_stream_once(answer: Exchange) -> Violations:
    """A stream with `include_usage` MUST hold exactly one usage object, in a chunk without choices."""
    if answer.status is None:
        raise Unseen(f"no answer came: {answer.error or answer.end}")
    if answer.status != 200:
        yield f"stream_options.include_usage was answered with {answer.status}"
        return
    found = [(number, value) for number, value in shape.values(answer) if isinstance(at(value, "usage"), dict)]
    if len(found) != 1:
        yield f"{len(found)} of {len(shape.values(answer))} chunks hold a usage object"
    elif at(found[0][1], "choices") != []:
        yield f"event {found[0][0]} holds the usage, and choices {at(found[0][1], 'choices')!r}; [] is required"[:300]


@requirement("usage.stream-last", on=streaming.counted, cites="usage.md#in-a-stream", feature="streaming")
def counts_a_stream_last(answer: Exchange) -> Violations:
    """The usage chunk MUST be the last chunk of its stream."""
    if not isinstance(read(answer).usage, dict):
        raise Unseen("the stream holds no usage")
    for breach in walk(shape.payloads(answer)):
        if breach.rule == "usage last":
            yield breach.message


@requirement("usage.stream-shape", on=every_stream, cites="usage.md#in-a-stream", feature="streaming")
def shapes_the_usage_of_a_stream(answer: Exchange) -> Violations:
    """`usage` in a chunk MUST be null or whole."""
    for each in shape.breaks(answer, "chunk usage")[:3]:
        yield str(each)


@requirement("usage.stream-unasked", on=streaming.streamed, cites="usage.md#in-a-stream", feature="streaming")
def counts_a_stream_only_when_asked(answer: Exchange) -> Violations:
    """A stream without `include_usage` SHOULD NOT hold a usage object."""
    if any(isinstance(at(value, "usage"), dict) for _, value in shape.values(answer)):
        yield "no usage was asked for, yet a chunk holds one"


@requirement("usage.stream-equal", on=streaming.both_counted, cites="usage.md#in-a-stream", feature="streaming")
def counts_both_modes_alike(seen: Both) -> Violations:
    """The usage of a stream MUST be that of the same request without a stream, where both gave the same text."""
    sync, stream = read(seen.sync), read(seen.stream)
    if sync.usage is None or stream.usage is None or sync.first.text != stream.first.text:
        raise Unseen("the two answers cannot be compared")
    # How long a model thinks before it speaks varies, and is counted.
    names = ("prompt_tokens",) if sync.thought or stream.thought else ("prompt_tokens", "completion_tokens")
    for name in names:
        before, after = sync.count(name), stream.count(name)
        if before is not None and after is not None and before != after:
            yield Broken(f"{name}: {before} without a stream, {after} in the stream", seen.stream)
