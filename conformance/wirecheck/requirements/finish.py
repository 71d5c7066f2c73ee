"""Why an answer ended, and that a limit is kept: spec/rules/finish.md."""

from __future__ import annotations

from wirecheck import shape
from wirecheck.completion import Completion, read
from wirecheck.exchange import Exchange
from wirecheck.pools import every_completion, every_stream
from wirecheck.probe import Unseen
from wirecheck.probes import chat, streaming
from wirecheck.probes.chat import Both
from wirecheck.requirement import Broken, Violations, requirement


@requirement("finish.reason", on=every_completion, cites="finish.md#reasons", feature="chat")
def gives_a_known_reason(answer: Exchange) -> Violations:
    """Each choice MUST have a `finish_reason` out of the list of the contract."""
    for each in shape.breaks(answer, "finish reason"):
        yield str(each)


@requirement("finish.stream-reason", on=every_stream, cites="finish.md#reasons", feature="streaming")
def streams_a_known_reason(answer: Exchange) -> Violations:
    """Each choice of each chunk MUST have the key `finish_reason`: null, or a reason out of the list in the last
    one.
    """
    for each in shape.breaks(answer, "chunk finish reason")[:3]:
        yield str(each)


@requirement("finish.natural", on=chat.sync, cites="finish.md#reasons", feature="chat")
def stops_when_it_is_done(answer: Exchange) -> Violations:
    """An answer that came to its own end MUST have the reason `stop`."""
    found = read(answer)
    if _whole(found) and found.first.finish in ("length", "tool_calls", "content_filter", "function_call"):
        yield f"the answer is whole, finish_reason is {found.first.finish!r}"


def _whole(found: Completion) -> bool:
    if chat.PHRASE not in found.first.text:
        raise Unseen(f"the model did not repeat the text: {found.first.text[:80]!r}")
    return True


def _cut(answer: Exchange) -> Violations:
    found = read(answer)
    text = found.first.text.strip()
    if not chat.LONG.startswith(text) or text == chat.LONG:
        raise Unseen(f"the model did not say the text, cut: {text[:80]!r}")
    if found.first.finish is not None and found.first.finish != "length":
        yield Broken(
            f"cut at {found.first.text!r}, finish_reason is {found.first.finish!r}; length is required",
            answer,
        )


@requirement("finish.length", on=chat.cut, cites="finish.md#limits", feature="chat")
def says_that_it_was_cut(seen: Both) -> Violations:
    """An answer cut by `max_tokens` MUST have the reason `length`."""
    yield from _cut(seen.sync)


@requirement("finish.length-stream", on=chat.cut, cites="finish.md#limits", feature="streaming")
def says_so_in_a_stream(seen: Both) -> Violations:
    """A stream cut by `max_tokens` MUST have the reason `length`."""
    yield from _cut(seen.stream)


def _few(answer: Exchange, name: str) -> Violations:
    found = read(answer)
    tokens = found.count("completion_tokens")
    if chat.LONG in found.first.text:
        yield Broken(f"{name} is {chat.FEW}, the answer has all {len(chat.LONG.split())} words", answer)
    elif tokens is not None and tokens > chat.FEW:
        yield Broken(f"{name} is {chat.FEW}, usage counts {tokens} completion tokens", answer)


@requirement("finish.max-tokens", on=chat.cut, cites="finish.md#limits", feature="chat")
def keeps_max_tokens(seen: Both) -> Violations:
    """An answer MUST NOT have more tokens than `max_tokens`."""
    yield from _few(seen.sync, "max_tokens")
    if chat.LONG in read(seen.stream).first.text:
        yield Broken(f"max_tokens is {chat.FEW}, the stream has all the words", seen.stream)


@requirement("finish.max-completion-tokens", on=chat.cut_by_completion_tokens, cites="finish.md#limits", feature="chat")
def keeps_max_completion_tokens(answer: Exchange) -> Violations:
    """`max_completion_tokens` MUST be kept as `max_tokens` is."""
    yield from _few(answer, "max_completion_tokens")


@requirement("finish.stream-equal", on=streaming.both, cites="finish.md#reasons", feature="streaming")
def ends_alike_in_both_modes(seen: Both) -> Violations:
    """A stream MUST end with the reason that the same request has without a stream."""
    sync, stream = read(seen.sync).first, read(seen.stream).first
    if not sync.finishes or not stream.finishes or sync.text != stream.text:
        raise Unseen("the two answers cannot be compared")
    if sync.finish != stream.finish:
        yield Broken(f"without a stream {sync.finish!r}, in the stream {stream.finish!r}", seen.stream)
